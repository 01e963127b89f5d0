"""Orders are completed: what was sent is the customer's."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, HoldState
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.shipping import settle
from site_kit.messaging.emit import collected


@transaction.atomic(savepoint=False)
@collected()
def deduct_stock(*, order_ids: Collection[UUID]) -> None:
    """Deduct what of completed orders is still dispatched; what was never sent stays as it is.

    A shipment that is heard of later is deducted then. Safe to repeat. Emits InventoryUpdated per variant.
    """
    shelf, book = lock_orders(order_ids)
    for order_id in dict.fromkeys(order_ids):
        book.end(order_id, HoldState.COMPLETED)
        because = Because(Cause.ORDER, order_id, reason="completed")
        for line_id in dict.fromkeys(line.line_id for line in book.lines[order_id]):
            settle(shelf, book, order_id, line_id, because)
    book.save()
    shelf.save("completion")
