"""Some units of an order will not be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from inventory_site.domain.giving_back import release_lines, tell_released
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause
from inventory_site.domain.operations.hold_stock import OrderLine
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected

REASON = "lines_cancelled"


@dataclass(frozen=True, slots=True)
class LinesCancelled:
    """Units of an order that will not be sent."""

    order_id: UUID
    lines: tuple[OrderLine, ...]


@transaction.atomic(savepoint=False)
@collected()
def release_order_lines(*, cancellations: Sequence[LinesCancelled]) -> None:
    """Give back units of order lines, paid or not. What was sent already stays sent: the physical fact wins.

    Not safe to repeat by itself: the same words may be said twice and mean it; the inbox tells repeats apart.
    Emits InventoryReleased per order that gave something back, InventoryUpdated per variant.
    """
    order_ids = [cancellation.order_id for cancellation in cancellations]
    shelf, book = lock_orders(order_ids)
    for cancellation in cancellations:
        _release(shelf, book, cancellation)
    book.save()
    shelf.save("release")


def _release(shelf: Shelf, book: OrderBook, cancellation: LinesCancelled) -> None:
    order_id = cancellation.order_id
    because = Because(Cause.ORDER, order_id, reason=REASON)
    released = []
    for line in cancellation.lines:
        released += release_lines(shelf, book, book.of_line(order_id, line.line_id), because, at_most=line.units)
    tell_released(shelf, book, order_id, REASON, released)
