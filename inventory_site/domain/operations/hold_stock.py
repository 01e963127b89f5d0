"""Promise stock to orders."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self
from uuid import UUID

from django.db import transaction

from inventory_site.domain import facts, queries
from inventory_site.domain.errors import InsufficientStock, InventoryError, OrderIsCancelled, UnknownVariant
from inventory_site.domain.facts import Units
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Hold, HoldState, Lease, LeaseLine, LeaseState, MovementKind, Variant
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.planning import Wanted, place, refusal_for
from inventory_site.domain.reclaim import end_lease, give_back
from inventory_site.domain.shelf import Shelf
from shared_contracts.events.inventory.v1 import RejectedLine
from site_kit.messaging.emit import collected
from site_kit.messaging.locks import take_locks


class OrderLine(NamedTuple):
    """Units of a variant in an order."""

    line_id: UUID
    variant_id: UUID
    units: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What an order wants promised; `lease_token` names a lease whose units it takes over."""

    order_id: UUID
    lines: tuple[OrderLine, ...]
    lease_token: str | None = None


@transaction.atomic(savepoint=False)
@collected()
def hold_stock(*, promises: Sequence[Promise]) -> list[Hold | InventoryError]:
    """Promise whole units to orders: for each promise all of its lines, or none.

    Answers in the order asked: the hold, or UnknownVariant, InsufficientStock or OrderIsCancelled. Safe to
    repeat: an order that was answered comes back with its hold (also a rejected one), and nothing is told.
    A lease that is over is no obstacle while the stock is free; when it is not, the reason is `lease_gone`.
    Locks every variant of all promises first, in key order.

    Emits one InventoryReserved or InventoryReservationRejected per new answer, one InventoryReleased per lease
    that was taken over or past its time and needed, one InventoryUpdated per variant that changed.
    """
    counter = _Counter.opened(promises)
    answers = [counter.answer(promise) for promise in promises]
    counter.close()
    return answers


@dataclass(slots=True)
class _Counter:
    """Where orders are answered one after the other, on stock that is locked for all of them."""

    shelf: Shelf
    book: OrderBook
    leases: dict[str, Lease]
    lease_lines: dict[UUID, list[LeaseLine]]
    taken: Collection[UUID]

    @classmethod
    def opened(cls, promises: Iterable[Promise]) -> Self:
        """Lock everything the promises touch, and take it in hand."""
        offered = queries.leases_by_token({promise.lease_token for promise in promises if promise.lease_token})
        ordered = {line.variant_id for promise in promises for line in promise.lines}
        orders = {promise.order_id for promise in promises}
        variants = ordered | offered.variant_ids
        take_locks({Variant: variants, Hold: orders, Lease: offered.lease_ids})
        leases = queries.leases_by_id(offered.lease_ids)
        shelf = Shelf.of(variants)
        return cls(
            shelf=shelf,
            book=OrderBook.of(orders, shelf.now),
            leases={lease.token: lease for lease in leases if lease.state == LeaseState.LIVE},
            lease_lines=queries.lines_of_leases(leases),
            taken=[lease.lease_id for lease in leases],
        )

    def answer(self, promise: Promise) -> Hold | InventoryError:
        """Hold or refuse, in hand and in words; a known answer is given again in silence."""
        known = self.book.holds.get(promise.order_id)
        if known is not None and known.is_answered:
            return known
        if known is not None and known.state == HoldState.CANCELLED_FIRST:
            return self._refuse(promise, OrderIsCancelled("The order is cancelled."))
        lines = [self._not_shipped_yet(promise, line) for line in promise.lines] if known else promise.lines
        lines = [line for line in lines if line.units > 0]
        lease = self.leases.pop(promise.lease_token, None) if promise.lease_token else None
        wanted = [Wanted(line.variant_id, line.units) for line in lines]
        refusal = refusal_for(self.shelf, wanted, own=self._units_of(lease), keep=self.taken)
        if refusal is not None:
            return self._refuse(promise, refusal, lapsed=bool(promise.lease_token) and lease is None)
        return self._hold(promise, lines, lease)

    def close(self) -> None:
        """Write what was answered."""
        self.book.save()
        self.shelf.save("hold")

    def _hold(self, promise: Promise, lines: Sequence[OrderLine], lease: Lease | None) -> Hold:
        hold = self.book.hold(promise.order_id, HoldState.HELD)
        freed = self._take_over(lease, hold) if lease else []
        held = self._place(promise, lines)
        facts.hold_made(hold, held, at=self.shelf.now)
        if lease:
            facts.lease_released(lease, "taken_over", _left_over(freed, held), final=True, at=self.shelf.now)
        return hold

    def _place(self, promise: Promise, lines: Sequence[OrderLine]) -> list[Units]:
        wanted = [Wanted(line.variant_id, line.units) for line in lines]
        held = []
        for position, item, units in place(
            self.shelf, wanted, MovementKind.HELD, Because(Cause.ORDER, promise.order_id)
        ):
            line_id = lines[position].line_id
            line = self.book.touch(self.book.line_at(promise.order_id, line_id, item))
            line.units += units
            line.reserved += units
            held.append(Units(line_id, item, units))
        return held

    def _refuse(self, promise: Promise, refusal: InventoryError, *, lapsed: bool = False) -> InventoryError:
        reason = "lease_gone" if lapsed and isinstance(refusal, InsufficientStock) else refusal.code
        self.book.end(promise.order_id, HoldState.REJECTED, reason)
        facts.hold_refused(promise.order_id, reason, _rejected(promise.lines, refusal), at=self.shelf.now)
        return refusal

    def _take_over(self, lease: Lease, hold: Hold) -> list[Units]:
        lines = self.lease_lines[lease.lease_id]
        freed = give_back(self.shelf, lease, lines, reason="taken_over")
        end_lease(lease, LeaseState.TAKEN_OVER, at=self.shelf.now, order_id=hold.order_id)
        hold.lease_id = lease.lease_id
        return freed

    def _units_of(self, lease: Lease | None) -> Counter[UUID]:
        own: Counter[UUID] = Counter()
        for line in self.lease_lines[lease.lease_id] if lease else ():
            own[self.shelf.by_id[line.stock_item_id].variant_id] += line.reserved
        return own

    def _not_shipped_yet(self, promise: Promise, line: OrderLine) -> OrderLine:
        shipped = sum(known.shipped for known in self.book.of_line(promise.order_id, line.line_id))
        return line._replace(units=line.units - shipped)


def _left_over(freed: Sequence[Units], placed: Sequence[Units]) -> list[Units]:
    """What the lease held and the order did not take, per stock item."""
    taken = Counter[int]()
    for units in placed:
        taken[units.item.id] += units.units
    left = [units._replace(units=units.units - taken[units.item.id]) for units in freed]
    return [units for units in left if units.units > 0]


def _rejected(lines: Sequence[OrderLine], refusal: InventoryError) -> list[RejectedLine]:
    match refusal:
        case InsufficientStock(shortages=shortages):
            available = {shortage.variant_id: shortage.available for shortage in shortages}
        case UnknownVariant(variant_ids=variant_ids):
            available = dict.fromkeys(variant_ids, 0)
        case _:
            return []
    return [
        RejectedLine(
            line_id=line.line_id,
            variant_id=line.variant_id,
            wanted=line.units,
            available=available[line.variant_id],
            reason=refusal.code,
        )
        for line in lines
        if line.variant_id in available
    ]
