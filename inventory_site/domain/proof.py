"""The proof that the numbers are the ledger's, and the promises those of open holds and leases."""

from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Disproof:
    """Two numbers that should be equal and are not, at one stock item (`sku` at `location`)."""

    check: str
    variant_id: str
    sku: str
    location: str
    expected: int
    found: int


# Each yields: variant, SKU, location, what the stock item says, what the other side says.
_ITEM = """
    SELECT v.variant_id::text, v.sku, l.code, {shown}, {proof}
    FROM inventory_stockitem i
    JOIN inventory_variant v ON v.variant_id = i.variant_id
    JOIN inventory_location l ON l.id = i.location_id
    LEFT JOIN LATERAL ({source}) AS p ON true
    WHERE {shown} IS DISTINCT FROM {proof}
    ORDER BY v.sku, l.code
"""
_LEDGER = """
    SELECT coalesce(sum(on_hand), 0)::int AS on_hand, coalesce(sum(reserved), 0)::int AS reserved,
           coalesce(sum(allocated), 0)::int AS allocated, coalesce(sum(dispatched), 0)::int AS dispatched,
           coalesce(sum(deducted), 0)::int AS deducted,
           coalesce(sum(on_hand) FILTER (WHERE kind IN ('received', 'adjusted', 'restocked')), 0)::int AS came_in
    FROM inventory_movement WHERE stock_item_id = i.id
"""
_LAST = """
    SELECT on_hand_after AS on_hand, reserved_after AS reserved, allocated_after AS allocated,
           dispatched_after AS dispatched
    FROM inventory_movement WHERE stock_item_id = i.id ORDER BY id DESC LIMIT 1
"""
_PROMISES = """
    SELECT (SELECT coalesce(sum(reserved), 0)::int FROM inventory_holdline WHERE stock_item_id = i.id)
           + (SELECT coalesce(sum(reserved), 0)::int FROM inventory_leaseline WHERE stock_item_id = i.id) AS reserved,
           (SELECT coalesce(sum(allocated), 0)::int FROM inventory_holdline WHERE stock_item_id = i.id) AS allocated,
           (SELECT coalesce(sum(dispatched), 0)::int FROM inventory_holdline WHERE stock_item_id = i.id) AS dispatched
"""
_SHORTFALL = """
    SELECT coalesce(sum(units), 0)::int AS units FROM inventory_shortfall
    WHERE stock_item_id = i.id AND closed_at IS NULL
"""


def _check(shown: str, proof: str, source: str) -> str:
    return _ITEM.format(shown=shown, proof=proof, source=source)


CHECKS: dict[str, str] = {
    **{f"{bucket} is the sum of its movements": _check(f"i.{bucket}", f"p.{bucket}", _LEDGER)
       for bucket in ("on_hand", "reserved", "allocated", "dispatched")},
    "received + adjusted + restocked = on hand + dispatched + deducted":
        _check("i.on_hand + i.dispatched + p.deducted", "p.came_in", _LEDGER),
    **{f"{bucket} is what the last movement left": _check(f"i.{bucket}", f"coalesce(p.{bucket}, 0)", _LAST)
       for bucket in ("on_hand", "reserved", "allocated", "dispatched")},
    "reserved is promised by holds and leases": _check("i.reserved", "p.reserved", _PROMISES),
    "allocated is promised by paid holds": _check("i.allocated", "p.allocated", _PROMISES),
    "dispatched is on its way for orders": _check("i.dispatched", "p.dispatched", _PROMISES),
    "a shortfall is open for what is missing": _check("greatest(0, -i.available)", "p.units", _SHORTFALL),
}  # fmt: skip
ALERTS = """
    SELECT v.variant_id::text, v.sku, coalesce(l.code, ''), stock.available, r.minimum
    FROM inventory_lowstockrule r
    JOIN inventory_variant v ON v.variant_id = r.variant_id
    LEFT JOIN inventory_location l ON l.id = r.location_id
    JOIN LATERAL (
        SELECT coalesce(sum(i.available), 0)::int AS available FROM inventory_stockitem i
        WHERE i.variant_id = r.variant_id AND (r.location_id IS NULL OR i.location_id = r.location_id)
    ) AS stock ON true
    WHERE (stock.available < r.minimum)
        <> EXISTS (SELECT FROM inventory_lowstockalert a WHERE a.rule_id = r.id AND a.closed_at IS NULL)
    ORDER BY v.sku
"""


def disproofs() -> list[Disproof]:
    """Everything that does not add up; empty is the proof.

    Several statements: while others write, run it in a REPEATABLE READ transaction. Reads the whole ledger: for tests,
    operators and a nightly look, not for pages.
    """
    checks = {**CHECKS, "an alert is open where less than the minimum is available": ALERTS}
    with connection.cursor() as cursor:
        return [found for name, statement in checks.items() for found in _found(cursor, name, statement)]


def _found(cursor: Any, name: str, statement: str) -> list[Disproof]:
    cursor.execute(statement)
    return [
        Disproof(check=name, variant_id=variant, sku=sku, location=location, expected=proof, found=shown)
        for variant, sku, location, shown, proof in cursor.fetchall()
    ]
