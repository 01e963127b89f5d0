"""Shipments left the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from inventory_site.domain import queries
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import BookedFact, Cause, HoldState
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.placeholders import know_variants
from inventory_site.domain.shelf import Shelf
from inventory_site.domain.shipping import MovedUnits, send, settle
from site_kit.messaging.emit import collected


@dataclass(frozen=True, slots=True)
class Shipment:
    """What left the door for an order."""

    shipment_id: UUID
    order_id: UUID
    lines: tuple[MovedUnits, ...]


@transaction.atomic(savepoint=False)
@collected()
def dispatch_stock(*, shipments: Sequence[Shipment]) -> None:
    """Move what was sent from on hand to dispatched, using up what was promised.

    A physical fact: it is booked when the order was cancelled meanwhile, when it is not heard of yet, when the
    variant is unknown, and when the count says that nothing was there (the count is then put right with reason
    `uncounted_dispatch`). Others' promises may be left uncovered: that opens a shortfall.
    Safe to repeat: a shipment is booked once.
    Emits InventoryUpdated per variant, InventoryAdjusted where the count was put right.
    """
    variants = {line.variant_id for shipment in shipments for line in shipment.lines}
    know_variants(variants)
    order_ids = {shipment.order_id for shipment in shipments}
    shelf, book = lock_orders(order_ids, variants)
    fresh = queries.not_booked({shipment.shipment_id: shipment for shipment in shipments})
    for shipment in fresh.values():
        _dispatch(shelf, book, shipment)
    BookedFact.objects.bulk_create(
        BookedFact(fact_id=id_, kind="shipment", order_id=shipment.order_id, booked_at=shelf.now)
        for id_, shipment in fresh.items()
    )
    book.save()
    shelf.save("shipment")


def _dispatch(shelf: Shelf, book: OrderBook, shipment: Shipment) -> None:
    order_id = shipment.order_id
    because = Because(Cause.SHIPMENT, shipment.shipment_id, reference=str(order_id))
    if order_id not in book.holds:
        book.hold(order_id, HoldState.SHIPPED_FIRST)
    for line in shipment.lines:
        if line.units > 0:
            send(shelf, book, order_id, line, because)
            settle(shelf, book, order_id, line.line_id, because)
