"""The stock ledger adds up, and the catalogue shows what inventory has."""

from collections.abc import Iterator
from uuid import UUID

from local_stack.verification.databases import Databases
from local_stack.verification.difference import Difference

# Counters of a stock item beside the sum of its movements: on hand, reserved, allocated, dispatched.
COUNTERS = """
SELECT v.sku, l.code,
       ARRAY[i.on_hand, i.reserved, i.allocated, i.dispatched],
       ARRAY[coalesce(sum(m.on_hand), 0), coalesce(sum(m.reserved), 0), coalesce(sum(m.allocated), 0),
             coalesce(sum(m.dispatched), 0)]::int[]
FROM inventory_stockitem i
JOIN inventory_variant v ON v.variant_id = i.variant_id
JOIN inventory_location l ON l.id = i.location_id
LEFT JOIN inventory_movement m ON m.stock_item_id = i.id
GROUP BY v.sku, l.code, i.id
HAVING ARRAY[i.on_hand, i.reserved, i.allocated, i.dispatched] <>
       ARRAY[coalesce(sum(m.on_hand), 0), coalesce(sum(m.reserved), 0), coalesce(sum(m.allocated), 0),
             coalesce(sum(m.dispatched), 0)]::int[]
ORDER BY v.sku, l.code
"""

# received + adjusted + restocked = on hand + dispatched + deducted
BALANCE = """
SELECT v.sku, l.code, came_in, i.on_hand, i.dispatched, deducted
FROM inventory_stockitem i
JOIN inventory_variant v ON v.variant_id = i.variant_id
JOIN inventory_location l ON l.id = i.location_id
JOIN LATERAL (
    SELECT coalesce(sum(m.on_hand) FILTER (WHERE m.kind IN ('received', 'adjusted', 'restocked')), 0) AS came_in,
           coalesce(sum(m.deducted), 0) AS deducted
    FROM inventory_movement m WHERE m.stock_item_id = i.id
) AS ledger ON true
WHERE came_in <> i.on_hand + i.dispatched + deducted
ORDER BY v.sku, l.code
"""

# promised = open holds + leases + allocations
PROMISES = """
SELECT v.sku, l.code, i.reserved, held + leased, i.allocated, allocated_lines
FROM inventory_stockitem i
JOIN inventory_variant v ON v.variant_id = i.variant_id
JOIN inventory_location l ON l.id = i.location_id
JOIN LATERAL (SELECT coalesce(sum(reserved), 0) AS held, coalesce(sum(allocated), 0) AS allocated_lines
              FROM inventory_holdline h WHERE h.stock_item_id = i.id) AS holds ON true
JOIN LATERAL (SELECT coalesce(sum(reserved), 0) AS leased
              FROM inventory_leaseline e WHERE e.stock_item_id = i.id) AS leases ON true
WHERE i.reserved <> held + leased OR i.allocated <> allocated_lines
ORDER BY v.sku, l.code
"""

INVENTORY_AVAILABLE = (
    "SELECT variant_id, sum(available) FROM inventory_stockitem GROUP BY variant_id HAVING sum(available) <> 0"
)
CATALOG_AVAILABLE = "SELECT variant_id, available FROM catalog_variantstock WHERE available <> 0"


def counters_equal_ledger(databases: Databases) -> Iterator[Difference]:
    """Stock items whose counters are not the sum of their movements."""
    for sku, location, counters, ledger in databases["inventory"].execute(COUNTERS):
        yield Difference("counters", f"{sku} at {location}", f"counters say {counters}, the ledger says {ledger}")


def ledger_balances(databases: Databases) -> Iterator[Difference]:
    """Stock items where units came from nowhere or went nowhere."""
    for sku, location, came_in, on_hand, dispatched, deducted in databases["inventory"].execute(BALANCE):
        sentence = f"{came_in} came in, {on_hand} on hand + {dispatched} dispatched + {deducted} deducted"
        yield Difference("balance", f"{sku} at {location}", sentence)


def promises_are_open(databases: Databases) -> Iterator[Difference]:
    """Stock items whose promises are not those of the open holds, leases and allocations."""
    for sku, location, reserved, lines, allocated, allocated_lines in databases["inventory"].execute(PROMISES):
        sentence = (
            f"reserved {reserved}, holds and leases {lines}; allocated {allocated}, allocations {allocated_lines}"
        )
        yield Difference("promises", f"{sku} at {location}", sentence)


def availability_equal(databases: Databases) -> Iterator[Difference]:
    """Variants of which the catalogue shows another number than inventory can promise."""
    there: dict[UUID, int] = dict(databases["inventory"].execute(INVENTORY_AVAILABLE).fetchall())
    shown: dict[UUID, int] = dict(databases["catalog"].execute(CATALOG_AVAILABLE).fetchall())
    for variant in sorted(there.keys() | shown.keys()):
        if there.get(variant, 0) != shown.get(variant, 0):
            sentence = f"inventory has {there.get(variant, 0)}, the catalogue shows {shown.get(variant, 0)}"
            yield Difference("availability", f"variant {variant}", sentence)
