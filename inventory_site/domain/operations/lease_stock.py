"""Promise stock to a client for a while."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from inventory_site.domain import clock, facts
from inventory_site.domain.facts import Units
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Lease, LeaseLine, MovementKind, Variant
from inventory_site.domain.planning import Placed, Wanted, place, refusal_for
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected
from site_kit.messaging.locks import take_locks


@transaction.atomic
@collected()
def lease_stock(*, lines: Sequence[Wanted], ttl_s: int, client: str) -> Lease:
    """Promise all of these units until `ttl_s` seconds from now by the database's clock, or none of them.

    Lines of one variant are summed before they are judged; a line may be spread over locations by rank.
    Leases past their time give way. Not safe to repeat: each call is another lease.
    Raises UnknownVariant, InsufficientStock. Emits InventoryReserved, InventoryUpdated per variant.
    """
    variant_ids = {line.variant_id for line in lines}
    take_locks({Variant: variant_ids})
    shelf = Shelf.of(variant_ids)
    refusal = refusal_for(shelf, lines, own={})
    if refusal is not None:
        raise refusal
    now = clock.database_now()
    lease = Lease.objects.create(
        lease_id=clock.new_id(),
        token=clock.new_token(),
        client=client,
        created_at=now,
        expires_at=now + timedelta(seconds=ttl_s),
    )
    placed = place(shelf, lines, MovementKind.LEASED, Because(Cause.LEASE, lease.lease_id))
    _write_lines(lease, placed)
    shelf.save("lease")
    facts.lease_made(lease, [Units(None, item, units) for _, item, units in placed], at=now)
    return lease


def _write_lines(lease: Lease, placed: Sequence[Placed]) -> None:
    units_at: dict[int, int] = {}
    for _, item, units in placed:
        units_at[item.id] = units_at.get(item.id, 0) + units
    LeaseLine.objects.bulk_create(
        LeaseLine(lease=lease, stock_item_id=item, units=units, reserved=units) for item, units in units_at.items()
    )
