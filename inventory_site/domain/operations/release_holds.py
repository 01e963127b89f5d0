"""Orders are cancelled: what is promised to them is free again."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from inventory_site.domain.giving_back import release_lines, tell_released
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, HoldState
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected

REASON = "order_cancelled"
STANDING = {HoldState.HELD, HoldState.ALLOCATED, HoldState.RELEASED}


@transaction.atomic(savepoint=False)
@collected()
def release_holds(*, order_ids: Collection[UUID]) -> None:
    """Give back everything that cancelled orders still have promised.

    What was sent stays sent until a return is inspected. An order not heard of yet is remembered, so that it
    is refused when it comes. Safe to repeat.
    Emits InventoryReleased (final) per order that gave something back, InventoryUpdated per variant.
    """
    shelf, book = lock_orders(order_ids)
    for order_id in dict.fromkeys(order_ids):
        _cancel(shelf, book, order_id)
    book.save()
    shelf.save("release")


def _cancel(shelf: Shelf, book: OrderBook, order_id: UUID) -> None:
    known = book.holds.get(order_id)
    if known is None or known.state == HoldState.SHIPPED_FIRST:
        book.end(order_id, HoldState.CANCELLED_FIRST, REASON)
    elif known.state in STANDING:
        book.end(order_id, HoldState.CANCELLED, REASON)
    released = release_lines(shelf, book, book.lines[order_id], Because(Cause.ORDER, order_id, reason=REASON))
    tell_released(shelf, book, order_id, REASON, released)
