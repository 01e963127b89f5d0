"""Units of an order put back on the shelf: promised no more."""

from collections.abc import Iterable
from uuid import UUID

from inventory_site.domain import facts
from inventory_site.domain.facts import Units
from inventory_site.domain.in_hand import LineInHand
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import MovementKind
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.shelf import Shelf


def release_units(shelf: Shelf, book: OrderBook, line: LineInHand, units: int, because: Because) -> int:
    """Give back up to `units` that a line still has promised, unpaid ones first; returns how many."""
    reserved = min(units, line.reserved)
    allocated = min(units - reserved, line.allocated)
    if reserved or allocated:
        item = shelf.by_id[line.stock_item_id]
        shelf.book(item, MovementKind.RELEASED, because, reserved=-reserved, allocated=-allocated)
        line.reserved -= reserved
        line.allocated -= allocated
        book.touch(line)
    return reserved + allocated


def release_lines(
    shelf: Shelf, book: OrderBook, lines: Iterable[LineInHand], because: Because, *, at_most: int | None = None
) -> list[Units]:
    """Give back what lines still have promised, last promised first, up to `at_most` units."""
    released: list[Units] = []
    for line in sorted(lines, key=lambda line: line.id or 0, reverse=True):
        wanted = line.promised if at_most is None else at_most - sum(units.units for units in released)
        if units := release_units(shelf, book, line, wanted, because):
            released.append(Units(line.line_id, shelf.by_id[line.stock_item_id], units))
    return released


def tell_released(
    shelf: Shelf, book: OrderBook, order_id: UUID, reason: str, released: list[Units], *, why: str = ""
) -> None:
    """Emit InventoryReleased for an order, if anything was given back."""
    if released:
        final = book.promised(order_id) == 0
        facts.hold_released(order_id, reason, released, final=final, at=shelf.now, why=why)
