"""Paid: holds become allocations."""

from collections.abc import Collection
from uuid import UUID

import structlog
from django.db import transaction

from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, HoldState, MovementKind
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected

log = structlog.get_logger(__name__)


@transaction.atomic(savepoint=False)
@collected()
def allocate_holds(*, order_ids: Collection[UUID]) -> None:
    """Turn what is still reserved for these paid orders into allocations.

    Safe to repeat. An order without a standing hold (rejected, cancelled, released by staff) is passed over:
    orders hears about those by their own facts. Emits one InventoryUpdated per variant.
    """
    shelf, book = lock_orders(order_ids)
    for order_id in dict.fromkeys(order_ids):
        hold = book.holds.get(order_id)
        if hold is None or hold.state != HoldState.HELD:
            log.warning("payment_without_hold", order_id=str(order_id), state=hold.state if hold else "unknown")
            continue
        book.hold(order_id, HoldState.ALLOCATED).paid_at = shelf.now
        _allocate(shelf, book, order_id)
    book.save()
    shelf.save("payment")


def _allocate(shelf: Shelf, book: OrderBook, order_id: UUID) -> None:
    because = Because(Cause.ORDER, order_id, reason="paid")
    for line in book.lines[order_id]:
        if units := line.reserved:
            shelf.book(
                shelf.by_id[line.stock_item_id], MovementKind.ALLOCATED, because, reserved=-units, allocated=units
            )
            line.reserved, line.allocated = 0, line.allocated + units
            book.touch(line)
