"""Returned goods were looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction

from inventory_site.domain import queries
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import BookedFact, Cause, HoldState, MovementKind
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.placeholders import know_variants
from inventory_site.domain.shelf import Shelf
from inventory_site.domain.shipping import MovedUnits, take_back
from site_kit.messaging.emit import collected

Disposition = Literal["restock", "scrap", "lost"]


@dataclass(frozen=True, slots=True)
class Inspected:
    """Units that were looked at, and what becomes of them."""

    units: MovedUnits
    disposition: str


@dataclass(frozen=True, slots=True)
class Return:
    """What came back of an order."""

    return_id: UUID
    order_id: UUID
    lines: tuple[Inspected, ...]


@transaction.atomic(savepoint=False)
@collected()
def book_returns(*, returns: Sequence[Return]) -> None:
    """Settle what came back, and put on the shelf what is fit for it: the only way back there.

    Units still dispatched are deducted first. Then `restock` puts them on hand, at the location named or where
    they came from; `scrap` and `lost` put them nowhere. Money has no say here.
    Safe to repeat: a return is booked once. Right before or after the shipment's own fact.
    Emits InventoryUpdated per variant.
    """
    variants = {line.units.variant_id for return_ in returns for line in return_.lines}
    know_variants(variants)
    order_ids = {return_.order_id for return_ in returns}
    shelf, book = lock_orders(order_ids, variants)
    fresh = queries.not_booked({return_.return_id: return_ for return_ in returns})
    for return_ in fresh.values():
        _book(shelf, book, return_)
    BookedFact.objects.bulk_create(
        BookedFact(fact_id=id_, kind="return", order_id=return_.order_id, booked_at=shelf.now)
        for id_, return_ in fresh.items()
    )
    book.save()
    shelf.save("return")


def _book(shelf: Shelf, book: OrderBook, return_: Return) -> None:
    order_id = return_.order_id
    if order_id not in book.holds:
        book.hold(order_id, HoldState.SHIPPED_FIRST)
    for came, disposition in [(line.units, line.disposition) for line in return_.lines if line.units.units > 0]:
        because = Because(Cause.RETURN, return_.return_id, reason=disposition, reference=str(order_id))
        home = take_back(shelf, book, order_id, came, because)
        if disposition == "restock":
            shelf.book(home, MovementKind.RESTOCKED, because, on_hand=came.units)
