"""Promising stock to orders."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from inventory_site.domain.errors import InsufficientStock, OrderIsCancelled, Shortage, UnknownVariant
from inventory_site.domain.models import Hold, HoldLine, HoldState, Movement
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.release_holds import release_holds
from inventory_site.domain.planning import Wanted
from inventory_site.tests.factories import line, numbers, promise, stocked, variant
from shared_contracts.events.inventory.v1 import (
    InventoryReleased,
    InventoryReservationRejected,
    InventoryReserved,
    InventoryUpdated,
    LocationStock,
    RejectedLine,
    ReleasedLine,
    ReservedLine,
)

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


def test_a_promise_moves_units_from_available_to_reserved(news: News) -> None:
    mug = stocked(5, sku="MUG")
    wanted = promise(line(mug, 2))
    news()

    [hold] = hold_stock(promises=[wanted])

    assert isinstance(hold, Hold)
    assert (hold.order_id, hold.state) == (wanted.order_id, HoldState.HELD)
    assert numbers(mug) == (5, 2, 0, 0, 3)
    [movement] = Movement.objects.filter(kind="held")
    assert (movement.reserved, movement.reserved_after, movement.cause_id) == (2, 2, wanted.order_id)
    reserved, updated = news()
    assert reserved == InventoryReserved(
        reservation_id=wanted.order_id,
        kind="hold",
        order_id=wanted.order_id,
        lines=(ReservedLine(line_id=wanted.lines[0].line_id, variant_id=mug, units=2, location_code="BER"),),
        reserved_at=reserved.reserved_at,
    )
    assert updated == InventoryUpdated(
        variant_id=mug,
        product_id=updated.product_id,
        sku="MUG",
        on_hand=5,
        reserved=2,
        available=3,
        locations=(LocationStock(location_code="BER", on_hand=5, reserved=2, available=3),),
        cause="hold",
        changed_at=updated.changed_at,
    )


def test_a_shortage_changes_nothing_and_says_so_once(news: News) -> None:
    mug = stocked(5)
    hold_stock(promises=[promise(line(mug, 4))])
    wanted = promise(line(mug, 2))
    news()

    [answer] = hold_stock(promises=[wanted])

    assert answer == InsufficientStock([Shortage(mug, wanted=2, available=1)])
    assert numbers(mug) == (5, 4, 0, 0, 1)
    assert not HoldLine.objects.filter(hold=wanted.order_id).exists()
    [rejected] = news()
    assert rejected == InventoryReservationRejected(
        reservation_id=wanted.order_id,
        order_id=wanted.order_id,
        reason="insufficient_stock",
        lines=(
            RejectedLine(
                line_id=wanted.lines[0].line_id, variant_id=mug, wanted=2, available=1, reason="insufficient_stock"
            ),
        ),
        rejected_at=rejected.rejected_at,
    )


def test_one_short_line_refuses_the_whole_order(news: News) -> None:
    plenty, scarce = stocked(5), stocked(1)
    news()

    [answer] = hold_stock(promises=[promise(line(plenty, 1), line(scarce, 2))])

    assert answer == InsufficientStock([Shortage(scarce, wanted=2, available=1)])
    assert numbers(plenty) == (5, 0, 0, 0, 5)
    assert [type(event) for event in news()] == [InventoryReservationRejected]


def test_lines_of_one_variant_are_summed_before_they_are_judged() -> None:
    mug = stocked(3)

    [answer] = hold_stock(promises=[promise(line(mug, 2), line(mug, 2))])

    assert answer == InsufficientStock([Shortage(mug, wanted=4, available=3)])
    assert numbers(mug) == (3, 0, 0, 0, 3)


def test_a_line_takes_from_the_first_ranked_location_and_the_rest_from_the_next(news: News) -> None:
    mug = stocked({"BER": 2, "MUC": 5})
    wanted = promise(line(mug, 3))
    news()

    hold_stock(promises=[wanted])

    assert numbers(mug, "BER") == (2, 2, 0, 0, 0)
    assert numbers(mug, "MUC") == (5, 1, 0, 0, 4)
    reserved, updated = news()
    assert [(part.location_code, part.units) for part in reserved.lines] == [("BER", 2), ("MUC", 1)]
    assert (updated.reserved, updated.available) == (3, 4)


def test_a_later_order_of_the_batch_sees_what_an_earlier_one_took() -> None:
    mug = stocked(3)

    first, second = hold_stock(promises=[promise(line(mug, 2)), promise(line(mug, 2))])

    assert isinstance(first, Hold)
    assert second == InsufficientStock([Shortage(mug, wanted=2, available=1)])


def test_a_promise_already_held_comes_back_unchanged_and_in_silence(news: News) -> None:
    mug = stocked(5)
    wanted = promise(line(mug, 2))
    hold_stock(promises=[wanted])
    news()

    [again, twice] = hold_stock(promises=[wanted, wanted])

    assert isinstance(again, Hold)
    assert again == twice
    assert numbers(mug) == (5, 2, 0, 0, 3)
    assert news() == []


def test_a_rejected_order_stays_rejected_when_stock_comes_in(news: News) -> None:
    mug = stocked(1)
    wanted = promise(line(mug, 2))
    hold_stock(promises=[wanted])
    stocked(5)
    news()

    [again] = hold_stock(promises=[wanted])

    assert isinstance(again, Hold)
    assert (again.state, again.reason) == (HoldState.REJECTED, "insufficient_stock")
    assert news() == []


def test_an_unknown_variant_is_refused_by_name(news: News) -> None:
    stranger = uuid4()
    wanted = promise(line(stranger, 1))

    [answer] = hold_stock(promises=[wanted])

    assert answer == UnknownVariant([stranger])
    [rejected] = news()
    assert rejected.reason == "unknown_variant"
    assert [(part.variant_id, part.wanted, part.available) for part in rejected.lines] == [(stranger, 1, 0)]


def test_a_variant_without_stock_is_short_not_unknown() -> None:
    mug = variant()

    [answer] = hold_stock(promises=[promise(line(mug, 1))])

    assert answer == InsufficientStock([Shortage(mug, wanted=1, available=0)])


def test_an_order_cancelled_before_it_was_heard_of_is_refused(news: News) -> None:
    mug = stocked(5)
    wanted = promise(line(mug, 1))
    release_holds(order_ids=[wanted.order_id])
    news()

    [answer] = hold_stock(promises=[wanted])

    assert answer == OrderIsCancelled("The order is cancelled.")
    assert numbers(mug) == (5, 0, 0, 0, 5)
    [rejected] = news()
    assert (rejected.reason, rejected.lines) == ("order_cancelled", ())
    assert Hold.objects.get(order_id=wanted.order_id).state == HoldState.REJECTED


def test_a_hold_takes_over_a_lease_and_leaves_the_rest(news: News) -> None:
    mug = stocked(5)
    lease = lease_stock(lines=[Wanted(mug, 5)], ttl_s=900, client="shop")
    wanted = promise(line(mug, 3), lease_token=lease.token)
    news()

    [hold] = hold_stock(promises=[wanted])

    assert isinstance(hold, Hold)
    assert hold.lease_id == lease.lease_id
    assert numbers(mug) == (5, 3, 0, 0, 2)
    reserved, released, updated = news()
    assert (reserved.order_id, reserved.lease_id, reserved.expires_at) == (wanted.order_id, lease.lease_id, None)
    assert released == InventoryReleased(
        reservation_id=lease.lease_id,
        kind="lease",
        order_id=wanted.order_id,
        lease_id=lease.lease_id,
        reason="taken_over",
        lines=(ReleasedLine(variant_id=mug, units=2, location_code="BER"),),
        final=True,
        released_at=released.released_at,
    )
    assert updated.available == 2
    lease.refresh_from_db()
    assert (lease.state, lease.order_id) == ("taken_over", wanted.order_id)


def test_an_order_may_want_more_than_its_lease_as_far_as_stock_is_free() -> None:
    mug = stocked(5)
    lease = lease_stock(lines=[Wanted(mug, 2)], ttl_s=900, client="shop")

    [hold] = hold_stock(promises=[promise(line(mug, 5), lease_token=lease.token)])

    assert isinstance(hold, Hold)
    assert numbers(mug) == (5, 5, 0, 0, 0)


def test_an_order_that_wants_too_much_leaves_its_lease_alone(news: News) -> None:
    mug = stocked(5)
    lease = lease_stock(lines=[Wanted(mug, 2)], ttl_s=900, client="shop")
    news()

    [answer] = hold_stock(promises=[promise(line(mug, 6), lease_token=lease.token)])

    assert answer == InsufficientStock([Shortage(mug, wanted=6, available=5)])
    lease.refresh_from_db()
    assert lease.state == "live"
    assert numbers(mug) == (5, 2, 0, 0, 3)
    assert [event.reason for event in news()] == ["insufficient_stock"]


def test_a_lease_is_handed_over_once() -> None:
    mug = stocked(3)
    lease = lease_stock(lines=[Wanted(mug, 2)], ttl_s=900, client="shop")

    first, second = hold_stock(
        promises=[promise(line(mug, 2), lease_token=lease.token), promise(line(mug, 2), lease_token=lease.token)]
    )

    assert isinstance(first, Hold)
    assert second == InsufficientStock([Shortage(mug, wanted=2, available=1)])
    assert numbers(mug) == (3, 2, 0, 0, 1)


def test_without_its_lease_an_order_is_held_from_free_stock_or_told_that_the_lease_is_gone(news: News) -> None:
    mug = stocked(3)
    news()

    enough, short = hold_stock(
        promises=[promise(line(mug, 2), lease_token="over"), promise(line(mug, 2), lease_token="over")]
    )

    assert isinstance(enough, Hold)
    assert isinstance(short, InsufficientStock)
    assert [event.reason for event in news() if isinstance(event, InventoryReservationRejected)] == ["lease_gone"]
