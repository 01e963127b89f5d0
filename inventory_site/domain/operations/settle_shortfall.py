"""Staff settle a shortfall: promises that cannot be kept are given back."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from inventory_site.domain.errors import NothingToRelease, ReasonMissing
from inventory_site.domain.giving_back import release_lines, tell_released
from inventory_site.domain.in_hand import ItemInHand
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Hold, HoldState, StockItem
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.order_lock import lock_orders
from inventory_site.domain.shelf import Shelf
from inventory_site.domain.stock_queries import open_promises
from site_kit.messaging.emit import collected

REASON = "shortfall"


@transaction.atomic
@collected()
def settle_shortfall(*, stock_item_id: int, why: str, order_ids: Collection[UUID] | None = None) -> int:
    """Give back promises at a stock item until they fit what is there; returns the units given back.

    Takes from the orders named, else from the first 200 that have promises there: unpaid before paid, newest first.
    Never more than is missing. Safe to repeat: where nothing is missing it raises NothingToRelease.
    Also raises ReasonMissing. Emits InventoryReleased (reason `shortfall`) per order, InventoryUpdated.
    """
    if not why.strip():
        raise ReasonMissing("Say why.")
    variant_id = StockItem.objects.values_list("variant_id", flat=True).get(pk=stock_item_id)
    wanted = [line.hold_id for line in open_promises(stock_item_id)] if order_ids is None else order_ids
    shelf, book = lock_orders(wanted, [variant_id])
    released = 0
    for hold in sorted(book.holds.values(), key=_first_to_lose, reverse=True):
        released += _release(shelf, book, hold, shelf.by_id[stock_item_id], why)
    if not released:
        raise NothingToRelease("Nothing is missing there, or nothing of these orders is promised there.")
    book.save()
    shelf.save("release")
    return released


def _release(shelf: Shelf, book: OrderBook, hold: Hold, item: ItemInHand, why: str) -> int:
    if not item.short:
        return 0
    order_id = hold.order_id
    here = [line for line in book.lines[order_id] if line.stock_item_id == item.id]
    because = Because(Cause.ORDER, order_id, reason=REASON, note=why)
    released = release_lines(shelf, book, here, because, at_most=item.short)
    tell_released(shelf, book, order_id, REASON, released, why=why)
    return sum(units.units for units in released)


def _first_to_lose(hold: Hold) -> tuple[bool, object]:
    return hold.state == HoldState.HELD, hold.created_at
