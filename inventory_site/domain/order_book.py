"""Some orders with their holds and lines, locked and in hand: look, change, save."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Self
from uuid import UUID

from inventory_site.domain.in_hand import ItemInHand, LineInHand
from inventory_site.domain.models import Hold, HoldLine, HoldState
from inventory_site.domain.rows import insert_rows, update_rows
from site_kit.messaging.database import fast_cursor

KNOWN_ORDERS = "SELECT order_id FROM inventory_hold WHERE order_id = ANY(%b::uuid[])"

HOLD_INSERTED = ("order_id", "state", "reason", "lease_id", "created_at", "paid_at", "ended_at")
HOLD_UPDATED = ("order_id", "state", "reason", "lease_id", "paid_at", "ended_at")
LINE_UPDATED = ("id", "units", "reserved", "allocated", "dispatched", "deducted", "returned")
LINE_INSERTED = ("hold", "line_id", "stock_item", *LINE_UPDATED[1:])
LINE_READ = ("id", "hold_id", "line_id", "stock_item_id", *LINE_UPDATED[1:])


@dataclass(slots=True)
class OrderBook:
    """The holds of orders whose rows and variants the transaction has locked.

    Whoever changes a hold or a line taken from here calls `touch`; `save` writes one statement per kind of
    write, whatever the number of orders.
    """

    now: datetime
    holds: dict[UUID, Hold]
    lines: dict[UUID, list[LineInHand]]
    _holds: dict[UUID, Hold] = field(default_factory=dict)
    _lines: dict[int, LineInHand] = field(default_factory=dict)

    @classmethod
    def of(cls, order_ids: Collection[UUID], now: datetime) -> Self:
        """Take the locked holds of orders in hand, with their lines in the order they were promised."""
        with fast_cursor() as cursor:
            answered = [row[0] for row in cursor.execute(KNOWN_ORDERS, [list(order_ids)])]
        # Most batches are new orders; the wider reads are for the others.
        known = Hold.objects.in_bulk(answered) if answered else {}
        lines: dict[UUID, list[LineInHand]] = {order_id: [] for order_id in known}
        if known:
            for row in HoldLine.objects.filter(hold__in=known).order_by("id").values_list(*LINE_READ):
                line = LineInHand(*row)
                lines[line.hold_id].append(line)
        return cls(now=now, holds=known, lines=lines)

    def hold(self, order_id: UUID, state: HoldState, reason: str = "") -> Hold:
        """The hold of an order, put into this state; made if there is none."""
        hold = self.holds.get(order_id)
        if hold is None:
            hold = self.holds[order_id] = Hold(order_id=order_id, created_at=self.now)
            self.lines[order_id] = []
        hold.state = state
        hold.reason = reason
        self._holds[order_id] = hold
        return hold

    def end(self, order_id: UUID, state: HoldState, reason: str = "") -> Hold:
        """The hold of an order, ended; made if there is none."""
        hold = self.hold(order_id, state, reason)
        hold.ended_at = self.now
        return hold

    def of_line(self, order_id: UUID, line_id: UUID) -> list[LineInHand]:
        """Every stock item a line of an order is spread over."""
        return [line for line in self.lines.get(order_id, ()) if line.line_id == line_id]

    def line_at(self, order_id: UUID, line_id: UUID, item: ItemInHand) -> LineInHand:
        """A line of a known order at a stock item, made with all numbers zero if there is none."""
        for line in self.lines[order_id]:
            if line.line_id == line_id and line.stock_item_id == item.id:
                return line
        line = LineInHand(None, order_id, line_id, item.id)
        self.lines[order_id].append(line)
        return self.touch(line)

    def touch(self, line: LineInHand) -> LineInHand:
        """Have this line written by `save`."""
        self._lines[id(line)] = line
        return line

    def promised(self, order_id: UUID) -> int:
        """Units of an order that are still promised."""
        return sum(line.promised for line in self.lines.get(order_id, ()))

    def save(self) -> None:
        """Write what changed."""
        holds = self._holds.values()
        insert_rows(Hold, HOLD_INSERTED, [_values(hold, HOLD_INSERTED) for hold in holds if hold._state.adding])
        update_rows(Hold, HOLD_UPDATED, [_values(hold, HOLD_UPDATED) for hold in holds if not hold._state.adding])
        lines = self._lines.values()
        insert_rows(HoldLine, LINE_INSERTED, [_values(line, LINE_READ[1:]) for line in lines if line.id is None])
        update_rows(HoldLine, LINE_UPDATED, [_values(line, LINE_UPDATED) for line in lines if line.id is not None])
        self._holds.clear()
        self._lines.clear()


def _values(row: Hold | LineInHand, fields: tuple[str, ...]) -> tuple[object, ...]:
    return attrgetter(*fields)(row)
