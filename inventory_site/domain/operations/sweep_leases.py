"""End the leases whose time is over."""

from uuid import UUID

from django.db import transaction

from inventory_site.domain import facts, queries
from inventory_site.domain.clock import DATABASE_NOW
from inventory_site.domain.models import Lease, LeaseState, Variant
from inventory_site.domain.reclaim import end_lease, give_back
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected
from site_kit.messaging.locks import take_locks


def sweep_leases(*, batch: int = 200) -> int:
    """End every lease past its time, oldest first, `batch` leases per transaction; returns how many.

    Safe to repeat and to run beside buyers who take overdue units back themselves.
    Emits InventoryReleased (final) per lease, InventoryUpdated per variant and batch.
    """
    swept = 0
    while ended := _sweep(queries.overdue_leases(batch)):
        swept += ended
    return swept


@transaction.atomic
@collected()
def _sweep(lease_ids: list[UUID]) -> int:
    if not lease_ids:
        return 0
    variant_ids = queries.variants_of_leases(lease_ids)
    take_locks({Variant: variant_ids, Lease: lease_ids})
    shelf = Shelf.of(variant_ids)
    # Again under the locks: a lease may have been extended, released or handed over meanwhile.
    due = list(Lease.objects.filter(lease_id__in=lease_ids, state=LeaseState.LIVE, expires_at__lte=DATABASE_NOW))
    lines = queries.lines_of_leases(due)
    for lease in due:
        given_back = give_back(shelf, lease, lines[lease.lease_id], reason="expired")
        end_lease(lease, LeaseState.EXPIRED, at=shelf.now)
        facts.lease_released(lease, "expired", given_back, final=True, at=shelf.now)
    shelf.save("release")
    return len(due)
