"""Goods on the move: out of the door, settled, back on the shelf. Physical facts are booked whatever was promised."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from inventory_site.domain import clock, facts
from inventory_site.domain.in_hand import ItemInHand, LineInHand
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import HoldState, Location, MovementKind
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.places import find_location, first_location
from inventory_site.domain.shelf import Shelf

UNCOUNTED = "uncounted_dispatch"


class MovedUnits(NamedTuple):
    """Units of an order line that were sent or came back; `location` None: where they belong."""

    line_id: UUID
    variant_id: UUID
    units: int
    location: str | None = None


def send(shelf: Shelf, book: OrderBook, order_id: UUID, sent: MovedUnits, because: Because) -> None:
    """Move units from on hand to dispatched, using up what the line has promised as far as that goes.

    Units beyond the promise (it was cancelled meanwhile) leave the shelf all the same.
    """
    stated = find_location(sent.location)
    lines = book.of_line(order_id, sent.line_id)
    left = sent.units
    for line in sorted(lines, key=lambda line: stated is None or _place_of(shelf, line) != stated.code):
        if units := min(left, line.promised):
            _use_up(shelf, book, line, units, stated, because)
            left -= units
    if left > 0:
        item = shelf.item_at(sent.variant_id, stated or _home(shelf, lines, sent.variant_id))
        _leave(shelf, book, book.line_at(order_id, sent.line_id, item), left, because)


def take_back(shelf: Shelf, book: OrderBook, order_id: UUID, came: MovedUnits, because: Because) -> ItemInHand:
    """Remember that units of a line came back, and settle them; returns the stock item where they belong."""
    stated = find_location(came.location)
    lines = book.of_line(order_id, came.line_id)
    home = shelf.item_at(came.variant_id, stated or _home(shelf, lines, came.variant_id))
    line = book.touch(
        next((line for line in lines if line.shipped), None) or book.line_at(order_id, came.line_id, home)
    )
    line.returned += came.units
    settle(shelf, book, order_id, came.line_id, because)
    return home


def settle(shelf: Shelf, book: OrderBook, order_id: UUID, line_id: UUID, because: Because) -> None:
    """Deduct what of a line is sent and need not be waited for: all once the order is completed, else what came back.

    Right in whatever order shipment, return and completion are heard of.
    """
    lines = book.of_line(order_id, line_id)
    shipped = sum(line.shipped for line in lines)
    completed = book.holds[order_id].state == HoldState.COMPLETED
    due = shipped if completed else min(shipped, sum(line.returned for line in lines))
    left = due - sum(line.deducted for line in lines)
    for line in lines:
        if (units := min(left, line.dispatched)) > 0:
            item = shelf.by_id[line.stock_item_id]
            shelf.book(item, MovementKind.DEDUCTED, because, dispatched=-units, deducted=units)
            line.dispatched -= units
            line.deducted += units
            book.touch(line)
            left -= units


def _use_up(
    shelf: Shelf, book: OrderBook, line: LineInHand, units: int, stated: Location | None, because: Because
) -> None:
    item = shelf.by_id[line.stock_item_id]
    reserved = min(units, line.reserved)
    allocated = units - reserved
    line.reserved -= reserved
    line.allocated -= allocated
    book.touch(line)
    if stated is None or stated.code == item.location:
        _leave(shelf, book, line, units, because, reserved=-reserved, allocated=-allocated)
        return
    shelf.book(item, MovementKind.RELEASED, because, reserved=-reserved, allocated=-allocated)
    source = shelf.item_at(item.variant_id, stated)
    _leave(shelf, book, book.line_at(line.hold_id, line.line_id, source), units, because)


def _leave(
    shelf: Shelf,
    book: OrderBook,
    line: LineInHand,
    units: int,
    because: Because,
    *,
    reserved: int = 0,
    allocated: int = 0,
) -> None:
    item = shelf.by_id[line.stock_item_id]
    if units > item.on_hand:
        _count_in(shelf, item, units - item.on_hand, because)
    shelf.book(
        item,
        MovementKind.DISPATCHED,
        because,
        on_hand=-units,
        dispatched=units,
        reserved=reserved,
        allocated=allocated,
    )
    line.dispatched += units
    book.touch(line)


def _count_in(shelf: Shelf, item: ItemInHand, units: int, because: Because) -> None:
    """What left the door was there, whatever the count said: the count is put right, in the open."""
    adjustment_id = clock.new_id()
    shelf.book(
        item,
        MovementKind.ADJUSTED,
        Because(because.cause, because.cause_id, reason=UNCOUNTED, reference=because.reference),
        on_hand=units,
    )
    facts.stock_adjusted(
        shelf.variants[item.variant_id],
        item,
        adjustment_id=adjustment_id,
        delta=units,
        on_hand=item.on_hand,
        reason=UNCOUNTED,
        note="",
        reference=str(because.cause_id),
        at=shelf.now,
    )


def _home(shelf: Shelf, lines: Sequence[LineInHand], variant_id: UUID) -> Location:
    """Where units of a line belong when nobody says: where it was promised, else where the variant lies first."""
    codes = [_place_of(shelf, line) for line in lines] + [item.location for item in shelf.items[variant_id]]
    return (find_location(codes[0]) if codes else None) or first_location()


def _place_of(shelf: Shelf, line: LineInHand) -> str:
    return shelf.by_id[line.stock_item_id].location
