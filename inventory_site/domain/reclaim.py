"""Units of leases past their time, taken back by whoever needs them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from inventory_site.domain import facts
from inventory_site.domain.clock import DATABASE_NOW
from inventory_site.domain.facts import Units
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Lease, LeaseLine, LeaseState, MovementKind
from inventory_site.domain.rows import update_rows
from inventory_site.domain.shelf import Shelf


def reclaim_overdue(shelf: Shelf, variant_ids: Collection[UUID], *, keep: Collection[UUID] = ()) -> int:
    """Take back what leases past their time still hold of these variants; returns the units.

    The rows of the leases are not locked, only the variants are: the sweep ends the lease itself later. Leases
    in `keep` are left alone. Emits InventoryReleased (not final) for each lease.
    """
    due = LeaseLine.objects.filter(
        stock_item__variant__in=variant_ids,
        reserved__gt=0,
        lease__state=LeaseState.LIVE,
        lease__expires_at__lte=DATABASE_NOW,
    ).exclude(lease__in=keep)
    by_lease: dict[Lease, list[LeaseLine]] = defaultdict(list)
    for line in due.select_related("lease").order_by("lease_id", "id"):
        by_lease[line.lease].append(line)
    freed = 0
    for lease, lines in by_lease.items():
        given_back = give_back(shelf, lease, lines, reason="expired")
        freed += sum(units.units for units in given_back)
        facts.lease_released(lease, "expired", given_back, final=False, at=shelf.now)
    return freed


def give_back(shelf: Shelf, lease: Lease, lines: Iterable[LeaseLine], *, reason: str) -> list[Units]:
    """Put what lines of a lease still hold back on the shelf."""
    because = Because(Cause.LEASE, lease.lease_id, reason=reason)
    open_lines = [line for line in lines if line.reserved]
    given_back = [Units(None, shelf.by_id[line.stock_item_id], line.reserved) for line in open_lines]
    for line, units in zip(open_lines, given_back, strict=True):
        shelf.book(units.item, MovementKind.RELEASED, because, reserved=-units.units)
        line.reserved = 0
    update_rows(LeaseLine, ("id", "reserved"), [(line.pk, 0) for line in open_lines])
    return given_back


def end_lease(lease: Lease, state: LeaseState, *, at: datetime, order_id: UUID | None = None) -> None:
    """Write that a locked lease is over."""
    lease.state, lease.ended_at, lease.order_id = state, at, order_id
    lease.save(update_fields=["state", "ended_at", "order_id"])
