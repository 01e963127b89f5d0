"""Somebody counted, received or wrote off goods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from inventory_site.domain import clock, facts, queries
from inventory_site.domain.errors import (
    CountMixedWithDelta,
    CountOutdated,
    LocationClosed,
    NotEnoughOnHand,
    ReceiptNotPositive,
    TooManyUnits,
    UnknownLocation,
    UnknownVariant,
)
from inventory_site.domain.in_hand import ItemInHand
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Location, Movement, MovementKind, Variant
from inventory_site.domain.places import keep_open
from inventory_site.domain.reasons import Reason
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected
from site_kit.messaging.locks import take_locks

MOST_UNITS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A change of what is on hand at a location (its code): by `delta`, or to `counted` where `expected` is known.

    `expected` is the number on hand that the person who counted had before them. An id given from outside
    makes the adjustment safe to repeat.
    """

    variant_id: UUID
    location: str
    reason: str
    delta: int | None = None
    counted: int | None = None
    expected: int | None = None
    note: str = ""
    reference: str = ""
    adjustment_id: UUID = field(default_factory=clock.new_id)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What an adjustment came to; `delta` 0 when a count agreed, `item` with its numbers after all of them."""

    adjustment_id: UUID
    item: ItemInHand
    delta: int


@transaction.atomic
@collected()
def adjust_stock(*, adjustments: Sequence[Adjustment]) -> list[Adjusted]:
    """Book all of these adjustments, or none; answers in the order asked.

    Deltas of one stock item are summed before they are judged; a count stands alone. What is left may be less
    than what is promised: truth comes first, and a shortfall opens. Safe to repeat with the same adjustment ids.

    Raises UnknownVariant, UnknownLocation, LocationClosed, NotEnoughOnHand, CountOutdated, CountMixedWithDelta,
    ReceiptNotPositive, TooManyUnits. Emits InventoryAdjusted per adjustment that changed something,
    InventoryUpdated per variant.
    """
    variant_ids = {adjustment.variant_id for adjustment in adjustments}
    take_locks({Variant: variant_ids})
    places = keep_open({adjustment.location for adjustment in adjustments})
    shelf = Shelf.of(variant_ids)
    _refuse_strangers(shelf, places, adjustments)
    booked = queries.booked_adjustments([adjustment.adjustment_id for adjustment in adjustments])
    fresh = [adjustment for adjustment in adjustments if adjustment.adjustment_id not in booked]
    deltas = _judged(shelf, fresh, places)
    for adjustment in fresh:
        _book(shelf, adjustment, places[adjustment.location], deltas[adjustment.adjustment_id])
    shelf.save("adjustment")
    return [_answer(shelf, adjustment, places, deltas, booked) for adjustment in adjustments]


def _refuse_strangers(shelf: Shelf, places: dict[str, Location], adjustments: Iterable[Adjustment]) -> None:
    strangers = {adjustment.variant_id for adjustment in adjustments} - set(shelf.variants)
    if strangers:
        raise UnknownVariant(strangers)
    if unknown := {adjustment.location for adjustment in adjustments} - set(places):
        raise UnknownLocation(unknown)
    for code in sorted(places):
        if not places[code].active:
            raise LocationClosed(f"{code} is closed.", location=code)


def _judged(shelf: Shelf, fresh: Sequence[Adjustment], places: dict[str, Location]) -> dict[UUID, int]:
    """The difference each adjustment makes, by its id; raises unless all of them fit what is there."""
    together: dict[int, list[Adjustment]] = {}
    for adjustment in fresh:
        item = shelf.item_at(adjustment.variant_id, places[adjustment.location])
        together.setdefault(item.id, []).append(adjustment)
    deltas: dict[UUID, int] = {}
    for item_id, group in together.items():
        item = shelf.by_id[item_id]
        if len(group) > 1 and any(adjustment.counted is not None for adjustment in group):
            raise CountMixedWithDelta(f"A stock item at {item.location} is counted and changed in one request.")
        deltas |= {adjustment.adjustment_id: _delta(item, adjustment) for adjustment in group}
        _fits(item, sum(deltas[adjustment.adjustment_id] for adjustment in group))
    return deltas


def _delta(item: ItemInHand, adjustment: Adjustment) -> int:
    if adjustment.counted is not None:
        expected = adjustment.expected
        if expected is not None and expected != item.on_hand:
            raise CountOutdated(
                variant_id=item.variant_id, location=item.location, on_hand=item.on_hand, expected=expected
            )
        return adjustment.counted - item.on_hand
    delta = adjustment.delta or 0
    if adjustment.reason == Reason.RECEIVED and delta < 0:
        raise ReceiptNotPositive("A receipt adds units.")
    return delta


def _fits(item: ItemInHand, delta: int) -> None:
    if item.on_hand + delta < 0:
        raise NotEnoughOnHand(variant_id=item.variant_id, location=item.location, on_hand=item.on_hand, delta=delta)
    if item.on_hand + delta > MOST_UNITS:
        raise TooManyUnits(f"A stock item holds at most {MOST_UNITS:,} units.")


def _book(shelf: Shelf, adjustment: Adjustment, location: Location, delta: int) -> None:
    if delta == 0:
        return
    item = shelf.item_at(adjustment.variant_id, location)
    kind = MovementKind.RECEIVED if adjustment.reason == Reason.RECEIVED else MovementKind.ADJUSTED
    because = Because(
        Cause.ADJUSTMENT, adjustment.adjustment_id, adjustment.reason, adjustment.note, adjustment.reference
    )
    shelf.book(item, kind, because, on_hand=delta)
    facts.stock_adjusted(
        shelf.variants[item.variant_id],
        item,
        adjustment_id=adjustment.adjustment_id,
        delta=delta,
        on_hand=item.on_hand,
        reason=adjustment.reason,
        note=adjustment.note,
        reference=adjustment.reference,
        at=shelf.now,
    )


def _answer(
    shelf: Shelf,
    adjustment: Adjustment,
    places: dict[str, Location],
    deltas: dict[UUID, int],
    booked: dict[UUID, Movement],
) -> Adjusted:
    item = shelf.item_at(adjustment.variant_id, places[adjustment.location])
    known = booked.get(adjustment.adjustment_id)
    return Adjusted(adjustment.adjustment_id, item, known.on_hand if known else deltas[adjustment.adjustment_id])
