"""Reads that span rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from inventory_site.domain.clock import DATABASE_NOW
from inventory_site.domain.models import (
    BookedFact,
    Cause,
    HoldLine,
    Lease,
    LeaseLine,
    LeaseState,
    Movement,
    Product,
    Variant,
)
from site_kit.messaging.database import fast_cursor

F = TypeVar("F")
OUT_OF_STEP = """
    SELECT DISTINCT rule.variant_id FROM inventory_lowstockrule AS rule
    WHERE (rule.minimum > coalesce((
            SELECT sum(item.available) FROM inventory_stockitem AS item
            WHERE item.variant_id = rule.variant_id
            AND (rule.location_id IS NULL OR item.location_id = rule.location_id)), 0))
        <> EXISTS (
            SELECT FROM inventory_lowstockalert AS alert WHERE alert.rule_id = rule.id AND alert.closed_at IS NULL)
"""
OFFERED_VARIANTS = """
    SELECT variant_id FROM inventory_variant
    WHERE variant_id = ANY(%b::uuid[]) AND NOT removed AND product_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class LeaseKeys:
    """What must be locked to touch some leases."""

    lease_ids: frozenset[UUID]
    variant_ids: frozenset[UUID]


def leases_by_token(tokens: Collection[str]) -> LeaseKeys:
    """The leases with these tokens; tokens nobody knows are passed over."""
    if not tokens:
        return LeaseKeys(frozenset(), frozenset())
    rows = list(LeaseLine.objects.filter(lease__token__in=tokens).values_list("lease_id", "stock_item__variant_id"))
    return LeaseKeys(frozenset(row[0] for row in rows), frozenset(row[1] for row in rows))


def leases_by_id(lease_ids: Collection[UUID]) -> list[Lease]:
    """These leases."""
    return list(Lease.objects.filter(lease_id__in=lease_ids)) if lease_ids else []


def lines_of_leases(leases: Iterable[Lease]) -> dict[UUID, list[LeaseLine]]:
    """The lines of each lease, in the order they were promised."""
    lines: dict[UUID, list[LeaseLine]] = {lease.lease_id: [] for lease in leases}
    if lines:
        for line in LeaseLine.objects.filter(lease__in=lines).order_by("id"):
            lines[line.lease_id].append(line)
    return lines


def variants_of_orders(order_ids: Collection[UUID]) -> set[UUID]:
    """Every variant that was ever promised to, or shipped for, these orders."""
    return set(HoldLine.objects.filter(hold__in=order_ids).values_list("stock_item__variant_id", flat=True))


def unknown_variants(variant_ids: Collection[UUID]) -> set[UUID]:
    """Which of these are not in the local copy of the catalogue, or have left it."""
    with fast_cursor() as cursor:
        return set(variant_ids) - {id_ for (id_,) in cursor.execute(OFFERED_VARIANTS, [list(variant_ids)])}


def product_versions(product_ids: Collection[UUID]) -> dict[UUID, int]:
    """How far the local copy of each product has come; products never heard of are missing."""
    rows = Product.objects.filter(product_id__in=product_ids).values_list("product_id", "version")
    return dict(rows)


def not_booked(facts: Mapping[UUID, F]) -> dict[UUID, F]:
    """Those of these shipments or returns, by id, that are not in the books yet. Under their orders' locks."""
    booked = set(BookedFact.objects.filter(fact_id__in=facts).values_list("fact_id", flat=True))
    return {id_: fact for id_, fact in facts.items() if id_ not in booked}


def overdue_leases(limit: int) -> list[UUID]:
    """Live leases whose time is over by the database's clock, oldest first."""
    overdue = Lease.objects.filter(state=LeaseState.LIVE, expires_at__lte=DATABASE_NOW).order_by("expires_at")
    return list(overdue.values_list("lease_id", flat=True)[:limit])


def variants_of_leases(lease_ids: Collection[UUID]) -> set[UUID]:
    """Every variant these leases were made of."""
    return set(LeaseLine.objects.filter(lease__in=lease_ids).values_list("stock_item__variant_id", flat=True))


def variants_of_products(product_ids: Collection[UUID]) -> set[UUID]:
    """Every variant the local copy has of these products, removed ones too."""
    return set(Variant.objects.filter(product__in=product_ids).values_list("variant_id", flat=True))


def booked_adjustments(adjustment_ids: Collection[UUID]) -> dict[UUID, Movement]:
    """Those of these adjustments that stand in the ledger already, by id."""
    lines = Movement.objects.filter(cause_id__in=adjustment_ids, cause=Cause.ADJUSTMENT)
    return {line.cause_id: line for line in lines}


def variants_out_of_step() -> list[UUID]:
    """Variants with a low-stock rule whose alert is not what the numbers say; none, as long as all goes well."""
    with fast_cursor() as cursor:
        return [variant_id for (variant_id,) in cursor.execute(OUT_OF_STEP)]
