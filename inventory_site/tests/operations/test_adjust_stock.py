"""Adjustments: received, counted, written off."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from inventory_site.domain.errors import (
    CountMixedWithDelta,
    CountOutdated,
    InsufficientStock,
    InventoryError,
    LocationClosed,
    NotEnoughOnHand,
    ReceiptNotPositive,
    Shortage,
    TooManyUnits,
    UnknownLocation,
    UnknownVariant,
)
from inventory_site.domain.models import Location, Movement, Shortfall, StockItem
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.proof import disproofs
from inventory_site.tests.factories import line, location, lose, numbers, promise, receive, stocked, variant
from shared_contracts.events.inventory.v1 import InventoryAdjusted
from site_kit.context import Actor, acting

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


def test_goods_received_are_on_hand_and_told_with_their_reason(news: News) -> None:
    mug = variant("MUG")
    location("BER")

    with acting(actor=Actor("staff", "7")):
        [answer] = adjust_stock(
            adjustments=[
                Adjustment(variant_id=mug, location="BER", delta=5, reason="received", note="2 boxes", reference="D-1")
            ]
        )

    assert numbers(mug) == (5, 0, 0, 0, 5)
    assert (answer.delta, answer.item.on_hand) == (5, 5)
    movement = Movement.objects.get()
    assert (movement.kind, movement.on_hand, movement.on_hand_after) == ("received", 5, 5)
    assert (movement.cause, movement.cause_id, movement.actor) == ("adjustment", answer.adjustment_id, "staff:7")
    assert (movement.reason, movement.note, movement.reference) == ("received", "2 boxes", "D-1")
    adjusted, updated = news()
    assert adjusted == InventoryAdjusted(
        variant_id=mug,
        adjustment_id=answer.adjustment_id,
        sku="MUG",
        location_code="BER",
        delta=5,
        on_hand=5,
        reason="received",
        note="2 boxes",
        reference="D-1",
        adjusted_at=adjusted.adjusted_at,
    )
    assert (updated.on_hand, updated.available, updated.cause) == (5, 5, "adjustment")


def test_a_count_sets_the_number_that_was_expected_to_what_was_found(news: News) -> None:
    mug = stocked(5)
    news()

    [answer] = adjust_stock(
        adjustments=[Adjustment(variant_id=mug, location="BER", counted=3, expected=5, reason="counted")]
    )

    assert answer.delta == -2
    assert numbers(mug) == (3, 0, 0, 0, 3)
    assert [type(event).__name__ for event in news()] == ["InventoryAdjusted", "InventoryUpdated"]


def test_a_count_that_agrees_moves_and_tells_nothing(news: News) -> None:
    mug = stocked(5)
    news()

    [answer] = adjust_stock(
        adjustments=[Adjustment(variant_id=mug, location="BER", counted=5, expected=5, reason="counted")]
    )

    assert (answer.delta, answer.item.on_hand) == (0, 5)
    assert Movement.objects.count() == 1
    assert news() == []


def test_deltas_of_one_stock_item_are_summed_before_they_are_judged() -> None:
    mug = stocked(5)

    adjust_stock(
        adjustments=[
            Adjustment(variant_id=mug, location="BER", delta=-6, reason="lost"),
            Adjustment(variant_id=mug, location="BER", delta=2, reason="found"),
        ]
    )

    assert numbers(mug) == (1, 0, 0, 0, 1)


def refused_with_nothing_changed(*adjustments: Adjustment) -> InventoryError:
    before = Movement.objects.count()
    with pytest.raises(InventoryError) as refusal, transaction.atomic():
        adjust_stock(adjustments=adjustments)
    assert Movement.objects.count() == before
    return refusal.value


def test_one_bad_line_refuses_all(news: News) -> None:
    mug, jug = stocked(5), stocked(1)
    news()

    refusal = refused_with_nothing_changed(
        Adjustment(variant_id=mug, location="BER", delta=1, reason="found"),
        Adjustment(variant_id=jug, location="BER", delta=-2, reason="lost"),
    )

    assert refusal == NotEnoughOnHand(variant_id=jug, location="BER", on_hand=1, delta=-2)
    assert numbers(mug) == (5, 0, 0, 0, 5)
    assert news() == []


def test_a_count_against_an_old_number_is_refused() -> None:
    mug = stocked(5)

    refusal = refused_with_nothing_changed(
        Adjustment(variant_id=mug, location="BER", counted=4, expected=6, reason="counted")
    )

    assert refusal == CountOutdated(variant_id=mug, location="BER", on_hand=5, expected=6)


def test_a_count_stands_alone() -> None:
    mug = stocked(5)

    refusal = refused_with_nothing_changed(
        Adjustment(variant_id=mug, location="BER", counted=4, expected=5, reason="counted"),
        Adjustment(variant_id=mug, location="BER", delta=1, reason="found"),
    )

    assert isinstance(refusal, CountMixedWithDelta)


def test_a_receipt_adds_units() -> None:
    refusal = refused_with_nothing_changed(
        Adjustment(variant_id=stocked(5), location="BER", delta=-1, reason="received")
    )

    assert isinstance(refusal, ReceiptNotPositive)


def test_there_is_a_most_a_stock_item_can_hold() -> None:
    refusal = refused_with_nothing_changed(
        Adjustment(variant_id=stocked(5), location="BER", delta=1_000_000_000, reason="found")
    )

    assert isinstance(refusal, TooManyUnits)


def test_strangers_are_named() -> None:
    mug, stranger = stocked(5), uuid4()

    assert refused_with_nothing_changed(
        Adjustment(variant_id=stranger, location="BER", delta=1, reason="found")
    ) == UnknownVariant([stranger])
    assert refused_with_nothing_changed(
        Adjustment(variant_id=mug, location="MARS", delta=1, reason="found")
    ) == UnknownLocation(["MARS"])


def test_nothing_is_booked_at_a_closed_location() -> None:
    mug = stocked(5)
    location("OLD")
    Location.objects.filter(code="OLD").update(active=False)

    refusal = refused_with_nothing_changed(Adjustment(variant_id=mug, location="OLD", delta=1, reason="found"))

    assert isinstance(refusal, LocationClosed)


def test_an_adjustment_with_the_same_id_is_booked_once(news: News) -> None:
    mug = stocked(5)
    adjustment = Adjustment(variant_id=mug, location="BER", delta=2, reason="found", adjustment_id=uuid4())
    [first] = adjust_stock(adjustments=[adjustment])
    news()

    [again] = adjust_stock(adjustments=[adjustment])

    assert (first.delta, again.delta, again.item.on_hand) == (2, 2, 7)
    assert news() == []


def test_a_true_count_may_fall_below_what_is_promised_and_opens_a_shortfall(news: News) -> None:
    mug = stocked(5)
    hold_stock(promises=[promise(line(mug, 4))])
    news()

    lose(mug, 3)

    assert numbers(mug) == (2, 4, 0, 0, -2)
    shortfall = Shortfall.objects.get()
    assert (shortfall.units, shortfall.closed_at) == (2, None)
    assert [event.available for event in news()[1:]] == [-2]


def test_a_shortfall_follows_the_numbers_and_closes_itself() -> None:
    mug = stocked(5)
    hold_stock(promises=[promise(line(mug, 4))])
    lose(mug, 3)

    receive(mug, 1)
    assert [(row.units, row.closed_at) for row in Shortfall.objects.all()] == [(1, None)]
    receive(mug, 1)

    closed = Shortfall.objects.get()
    assert (closed.units, closed.closed_at is None) == (1, False)
    assert disproofs() == []


def test_what_is_missing_at_one_location_is_not_sold_at_another() -> None:
    mug = stocked({"BER": 3, "MUC": 3})
    hold_stock(promises=[promise(line(mug, 3))])
    lose(mug, 2, at="BER")

    [answer] = hold_stock(promises=[promise(line(mug, 2))])

    assert answer == InsufficientStock([Shortage(mug, wanted=2, available=1)])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inventory_stockitem SET on_hand = on_hand + 1",
        (
            "INSERT INTO inventory_stockitem (variant_id, location_id, on_hand, reserved, allocated, dispatched) "
            "SELECT variant_id, location_id + 1, 1, 0, 0, 0 FROM inventory_stockitem"
        ),
        "UPDATE inventory_movement SET on_hand = 0",
        "DELETE FROM inventory_movement",
        "TRUNCATE inventory_movement",
        "DELETE FROM inventory_stockitem",
    ],
)
def test_the_database_itself_refuses_to_change_a_number_without_a_movement(statement: str) -> None:
    mug = stocked(5)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert numbers(mug) == (5, 0, 0, 0, 5)


def movement_of(item: StockItem, **changes: Any) -> Movement:
    """A line that nobody books."""
    numbers = {f"{bucket}_after": 0 for bucket in ("on_hand", "reserved", "allocated", "dispatched")}
    return Movement(
        stock_item_id=item.pk,
        cause="adjustment",
        cause_id=uuid4(),
        recorded_at="2026-11-01T00:00Z",
        **numbers,
        **changes,
    )


def test_the_database_refuses_numbers_below_zero_and_units_from_nowhere() -> None:
    item = StockItem.objects.get(variant=stocked(5))

    with pytest.raises(IntegrityError, match="stock_buckets_not_negative"), transaction.atomic():
        movement_of(item, kind="adjusted", on_hand=-6).save()
    with pytest.raises(IntegrityError, match="units_come_in_only_by"), transaction.atomic():
        movement_of(item, kind="released", on_hand=1).save()
    item.pk = 0
    with pytest.raises(IntegrityError, match="stock item that does not exist"), transaction.atomic():
        movement_of(item, kind="adjusted", on_hand=1).save()
