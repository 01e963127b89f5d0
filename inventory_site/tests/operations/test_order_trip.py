"""An order on its way through inventory: paid, cut, cancelled, sent, completed, returned, in every order of arrival."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from inventory_site.domain.models import Hold, HoldState, Movement, Shortfall, Variant
from inventory_site.domain.operations.allocate_holds import allocate_holds
from inventory_site.domain.operations.book_returns import Inspected, Return, book_returns
from inventory_site.domain.operations.deduct_stock import deduct_stock
from inventory_site.domain.operations.dispatch_stock import Shipment, dispatch_stock
from inventory_site.domain.operations.hold_stock import OrderLine, Promise, hold_stock
from inventory_site.domain.operations.release_hold import release_hold
from inventory_site.domain.operations.release_holds import release_holds
from inventory_site.domain.operations.release_order_lines import LinesCancelled, release_order_lines
from inventory_site.domain.proof import disproofs
from inventory_site.domain.shipping import MovedUnits
from inventory_site.tests.factories import line, location, numbers, promise, receive, stocked
from shared_contracts.events.inventory.v1 import (
    InventoryAdjusted,
    InventoryReleased,
    InventoryReservationRejected,
    InventoryUpdated,
    ReleasedLine,
)

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_ledger_adds_up(db: None) -> Any:
    """Whatever a test did, the numbers are the ledger's."""
    yield
    assert disproofs() == []


def held(variant_id: UUID, units: int) -> Promise:
    """An order with one line, held."""
    wanted = promise(line(variant_id, units))
    hold_stock(promises=[wanted])
    return wanted


def paid(variant_id: UUID, units: int) -> Promise:
    """An order with one line, held and paid."""
    wanted = held(variant_id, units)
    allocate_holds(order_ids=[wanted.order_id])
    return wanted


def shipped(order: Promise, units: int, *, at: str | None = None) -> Shipment:
    """A shipment with units of the first line of an order."""
    [first, *_] = order.lines
    return Shipment(uuid4(), order.order_id, (MovedUnits(first.line_id, first.variant_id, units, at),))


def came_back(order: Promise, units: int, disposition: str = "restock", *, at: str | None = None) -> Return:
    """A return with units of the first line of an order."""
    [first, *_] = order.lines
    moved = MovedUnits(first.line_id, first.variant_id, units, at)
    return Return(uuid4(), order.order_id, (Inspected(moved, disposition),))


def state(order: Promise) -> str:
    return Hold.objects.get(order_id=order.order_id).state


def test_payment_turns_a_hold_into_an_allocation(news: News) -> None:
    mug = stocked(5)
    order = held(mug, 2)
    news()

    allocate_holds(order_ids=[order.order_id])

    assert numbers(mug) == (5, 0, 2, 0, 3)
    assert state(order) == HoldState.ALLOCATED
    [updated] = news()
    assert (updated.reserved, updated.allocated, updated.available, updated.cause) == (0, 2, 3, "payment")


def test_paying_twice_allocates_once(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 2)
    news()

    allocate_holds(order_ids=[order.order_id, order.order_id])

    assert numbers(mug) == (5, 0, 2, 0, 3)
    assert news() == []


def test_payment_of_an_order_that_was_rejected_or_never_heard_of_changes_nothing(news: News) -> None:
    mug = stocked(1)
    rejected = held(mug, 2)
    news()

    allocate_holds(order_ids=[rejected.order_id, uuid4()])

    assert numbers(mug) == (1, 0, 0, 0, 1)
    assert news() == []


def test_cancelled_lines_are_free_again(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    [first] = order.lines
    news()

    release_order_lines(cancellations=[LinesCancelled(order.order_id, (OrderLine(first.line_id, mug, 2),))])

    assert numbers(mug) == (5, 0, 1, 0, 4)
    released, updated = news()
    assert released == InventoryReleased(
        reservation_id=order.order_id,
        kind="hold",
        order_id=order.order_id,
        reason="lines_cancelled",
        lines=(ReleasedLine(line_id=first.line_id, variant_id=mug, units=2, location_code="BER"),),
        final=False,
        released_at=released.released_at,
    )
    assert (updated.allocated, updated.available, updated.cause) == (1, 4, "release")


def test_cancelling_the_last_units_of_an_order_is_final(news: News) -> None:
    mug = stocked(5)
    order = held(mug, 3)
    [first] = order.lines
    news()

    release_order_lines(cancellations=[LinesCancelled(order.order_id, (first,))])

    assert [event.final for event in news() if isinstance(event, InventoryReleased)] == [True]
    assert numbers(mug) == (5, 0, 0, 0, 5)


def test_cancelled_lines_give_back_no_more_than_is_promised() -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    dispatch_stock(shipments=[shipped(order, 2)])
    [first] = order.lines

    release_order_lines(cancellations=[LinesCancelled(order.order_id, (first,))])

    assert numbers(mug) == (3, 0, 0, 2, 3)


def test_a_split_line_gives_back_the_last_ranked_location_first() -> None:
    mug = stocked({"BER": 2, "MUC": 5})
    order = held(mug, 4)
    [first] = order.lines

    release_order_lines(cancellations=[LinesCancelled(order.order_id, (OrderLine(first.line_id, mug, 3),))])

    assert numbers(mug, "BER") == (2, 1, 0, 0, 1)
    assert numbers(mug, "MUC") == (5, 0, 0, 0, 5)


@pytest.mark.parametrize("make", [held, paid])
def test_a_cancelled_order_gives_back_everything_once(make: Callable[[UUID, int], Promise], news: News) -> None:
    mug = stocked(5)
    order = make(mug, 2)
    news()

    release_holds(order_ids=[order.order_id])
    release_holds(order_ids=[order.order_id])

    assert numbers(mug) == (5, 0, 0, 0, 5)
    assert state(order) == HoldState.CANCELLED
    released, updated = news()
    assert (released.reason, released.final, released.lines[0].units) == ("order_cancelled", True, 2)
    assert updated.available == 5


def test_cancelling_a_rejected_order_says_nothing(news: News) -> None:
    order = held(stocked(1), 2)
    news()

    release_holds(order_ids=[order.order_id])

    assert state(order) == HoldState.REJECTED
    assert news() == []


def test_payment_after_the_cancellation_changes_nothing() -> None:
    mug = stocked(5)
    order = held(mug, 2)
    release_holds(order_ids=[order.order_id])

    allocate_holds(order_ids=[order.order_id])

    assert numbers(mug) == (5, 0, 0, 0, 5)
    assert state(order) == HoldState.CANCELLED


def test_a_shipment_moves_on_hand_to_dispatched_and_uses_up_the_allocation(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    news()

    dispatch_stock(shipments=[shipped(order, 2)])

    assert numbers(mug) == (3, 0, 1, 2, 2)
    [updated] = news()
    assert (updated.on_hand, updated.allocated, updated.dispatched, updated.available) == (3, 1, 2, 2)
    assert updated.cause == "shipment"


def test_a_shipment_told_twice_is_booked_once(news: News) -> None:
    mug = stocked(5)
    shipment = shipped(paid(mug, 3), 3)
    dispatch_stock(shipments=[shipment, shipment])
    news()

    dispatch_stock(shipments=[shipment])

    assert numbers(mug) == (2, 0, 0, 3, 2)
    assert news() == []


def test_a_shipment_that_comes_before_the_payment_uses_up_the_hold() -> None:
    mug = stocked(5)
    order = held(mug, 3)

    dispatch_stock(shipments=[shipped(order, 2)])
    allocate_holds(order_ids=[order.order_id])

    assert numbers(mug) == (3, 0, 1, 2, 2)


def test_when_a_cancellation_and_a_shipment_cross_the_physical_fact_wins() -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    release_holds(order_ids=[order.order_id])

    dispatch_stock(shipments=[shipped(order, 3)])

    assert numbers(mug) == (2, 0, 0, 3, 2)
    assert state(order) == HoldState.CANCELLED


def test_a_shipment_of_a_cancelled_order_may_leave_others_short(news: News) -> None:
    mug = stocked(3)
    cancelled = paid(mug, 3)
    release_holds(order_ids=[cancelled.order_id])
    paid(mug, 2)
    news()

    dispatch_stock(shipments=[shipped(cancelled, 3)])

    assert numbers(mug) == (0, 0, 2, 3, -2)
    assert [(row.units, row.closed_at) for row in Shortfall.objects.all()] == [(2, None)]
    [updated] = news()
    assert updated.available == -2


def test_a_cancellation_after_the_shipment_gives_back_only_what_did_not_leave(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    dispatch_stock(shipments=[shipped(order, 2)])
    news()

    release_holds(order_ids=[order.order_id])

    assert numbers(mug) == (3, 0, 0, 2, 3)
    released = news()[0]
    assert [(part.units, released.final) for part in released.lines] == [(1, True)]


def test_goods_that_left_were_there_whatever_the_count_said(news: News) -> None:
    mug = stocked(1)
    order = paid(mug, 1)
    news()

    dispatch_stock(shipments=[shipped(order, 3)])

    assert numbers(mug) == (0, 0, 0, 3, 0)
    adjusted, updated = news()
    assert isinstance(adjusted, InventoryAdjusted)
    assert (adjusted.delta, adjusted.on_hand, adjusted.reason) == (2, 2, "uncounted_dispatch")
    assert isinstance(updated, InventoryUpdated)


def test_goods_may_leave_from_another_location_than_promised() -> None:
    mug = stocked({"BER": 5, "MUC": 5})
    order = paid(mug, 3)

    dispatch_stock(shipments=[shipped(order, 3, at="MUC")])

    assert numbers(mug, "BER") == (5, 0, 0, 0, 5)
    assert numbers(mug, "MUC") == (2, 0, 0, 3, 2)


def test_a_shipment_names_the_location_it_takes_from_first() -> None:
    mug = stocked({"BER": 2, "MUC": 5})
    order = paid(mug, 4)

    dispatch_stock(shipments=[shipped(order, 3, at="MUC")])

    assert numbers(mug, "BER") == (2, 0, 1, 0, 1)
    assert numbers(mug, "MUC") == (2, 0, 0, 3, 2)


def test_a_location_nobody_knows_stands_for_the_one_that_was_promised() -> None:
    mug = stocked(5)

    dispatch_stock(shipments=[shipped(paid(mug, 1), 1, at="NOWHERE")])

    assert numbers(mug) == (4, 0, 0, 1, 4)


def test_a_shipment_before_its_order_leaves_only_the_rest_to_be_held(news: News) -> None:
    mug = stocked(5)
    order = promise(line(mug, 3))
    dispatch_stock(shipments=[shipped(order, 2)])
    assert numbers(mug) == (3, 0, 0, 2, 3)
    assert state(order) == HoldState.SHIPPED_FIRST
    news()

    hold_stock(promises=[order])

    assert numbers(mug) == (3, 1, 0, 2, 2)
    assert state(order) == HoldState.HELD
    assert [part.units for part in news()[0].lines] == [1]


def test_a_cancelled_order_that_was_shipped_before_it_was_heard_of_is_refused(news: News) -> None:
    mug = stocked(5)
    order = promise(line(mug, 3))
    dispatch_stock(shipments=[shipped(order, 2)])
    release_holds(order_ids=[order.order_id])
    news()

    hold_stock(promises=[order])

    assert numbers(mug) == (3, 0, 0, 2, 3)
    [rejected] = news()
    assert isinstance(rejected, InventoryReservationRejected)
    assert rejected.reason == "order_cancelled"


def test_goods_of_a_variant_nobody_told_of_are_booked_under_its_id() -> None:
    location("BER")
    stranger = uuid4()

    dispatch_stock(shipments=[shipped(promise(line(stranger, 2)), 2)])

    assert Variant.objects.get(variant_id=stranger).product_id is None
    assert numbers(stranger) == (0, 0, 0, 2, 0)


def test_completion_deducts_what_is_still_dispatched(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    dispatch_stock(shipments=[shipped(order, 2)])
    news()

    deduct_stock(order_ids=[order.order_id])
    deduct_stock(order_ids=[order.order_id])

    assert numbers(mug) == (3, 0, 1, 0, 2)
    assert [movement.deducted for movement in Movement.objects.filter(kind="deducted")] == [2]
    [updated] = news()
    assert (updated.dispatched, updated.cause) == (0, "completion")


def test_a_shipment_heard_of_after_the_completion_is_deducted_at_once() -> None:
    mug = stocked(5)
    order = paid(mug, 2)
    deduct_stock(order_ids=[order.order_id])

    dispatch_stock(shipments=[shipped(order, 2)])

    assert numbers(mug) == (3, 0, 0, 0, 3)


@pytest.mark.parametrize(
    ("disposition", "on_hand"), [("restock", 5), ("scrap", 3), ("lost", 3)], ids=["restock", "scrap", "lost"]
)
def test_only_what_is_fit_for_the_shelf_returns_to_it(disposition: str, on_hand: int, news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 2)
    dispatch_stock(shipments=[shipped(order, 2)])
    news()

    book_returns(returns=[came_back(order, 2, disposition)])

    assert numbers(mug) == (on_hand, 0, 0, 0, on_hand)
    [updated] = news()
    assert (updated.on_hand, updated.dispatched, updated.cause) == (on_hand, 0, "return")


def test_a_return_after_the_completion_deducts_nothing_twice() -> None:
    mug = stocked(5)
    order = paid(mug, 2)
    dispatch_stock(shipments=[shipped(order, 2)])
    deduct_stock(order_ids=[order.order_id])

    book_returns(returns=[came_back(order, 1)])

    assert numbers(mug) == (4, 0, 0, 0, 4)


def test_completion_after_a_part_came_back_deducts_the_rest() -> None:
    mug = stocked(5)
    order = paid(mug, 3)
    dispatch_stock(shipments=[shipped(order, 3)])
    book_returns(returns=[came_back(order, 1, "scrap")])
    assert numbers(mug) == (2, 0, 0, 2, 2)

    deduct_stock(order_ids=[order.order_id])

    assert numbers(mug) == (2, 0, 0, 0, 2)
    assert sum(Movement.objects.filter(kind="deducted").values_list("deducted", flat=True)) == 3


def test_a_return_heard_of_before_its_shipment_comes_to_the_same_numbers() -> None:
    mug = stocked(5)
    order = paid(mug, 2)

    book_returns(returns=[came_back(order, 2)])
    assert numbers(mug) == (7, 0, 2, 0, 5)
    dispatch_stock(shipments=[shipped(order, 2)])

    assert numbers(mug) == (5, 0, 0, 0, 5)


def test_a_return_told_twice_is_booked_once(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 2)
    dispatch_stock(shipments=[shipped(order, 2)])
    back = came_back(order, 1)
    book_returns(returns=[back, back])
    news()

    book_returns(returns=[back])

    assert numbers(mug) == (4, 0, 0, 1, 4)
    assert news() == []


def test_a_return_goes_to_the_location_it_names() -> None:
    mug = stocked(5)
    location("MUC")
    order = paid(mug, 2)
    dispatch_stock(shipments=[shipped(order, 2)])

    book_returns(returns=[came_back(order, 2, at="MUC")])

    assert numbers(mug, "BER") == (3, 0, 0, 0, 3)
    assert numbers(mug, "MUC") == (2, 0, 0, 0, 2)


def test_staff_end_a_promise_with_a_reason_and_orders_hears_of_it(news: News) -> None:
    mug = stocked(5)
    order = paid(mug, 2)
    news()

    release_hold(order_id=order.order_id, why="customer called")

    assert numbers(mug) == (5, 0, 0, 0, 5)
    assert state(order) == HoldState.RELEASED
    released = news()[0]
    assert (released.reason, released.final) == ("staff", True)
    assert Movement.objects.get(kind="released").note == "customer called"


def test_goods_received_for_a_hold_that_was_rejected_stay_free() -> None:
    mug = stocked(1)
    held(mug, 2)

    receive(mug, 5)

    assert numbers(mug) == (6, 0, 0, 0, 6)
