"""Orders are completed: what was sent is the customer's."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from inventory_site.domain import queries
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Hold, HoldState, Variant
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.shelf import Shelf
from inventory_site.domain.shipping import settle
from site_kit.messaging.emit import collected
from site_kit.messaging.locks import lock_rows


@transaction.atomic
@collected()
def deduct_stock(*, order_ids: Collection[UUID]) -> None:
    """Deduct what of completed orders is still dispatched; what was never sent stays as it is.

    A shipment that is heard of later is deducted then. Safe to repeat. Emits InventoryUpdated per variant.
    """
    locked = lock_rows({Variant: queries.variants_of_orders(order_ids), Hold: order_ids})
    shelf = Shelf.of(locked[Variant])
    book = OrderBook.of(locked[Hold], shelf.now)
    for order_id in dict.fromkeys(order_ids):
        book.end(order_id, HoldState.COMPLETED)
        because = Because(Cause.ORDER, order_id, reason="completed")
        for line_id in dict.fromkeys(line.line_id for line in book.lines[order_id]):
            settle(shelf, book, order_id, line_id, because)
    book.save()
    shelf.save("completion")
