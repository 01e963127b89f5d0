"""What orders will tell, told to the broker today: inventory answers each order once, and moves the goods."""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from shared_contracts.events.catalog.v1 import ProductCreated
from shared_contracts.events.golden import example
from shared_contracts.events.inventory.v1 import (
    InventoryReleased,
    InventoryReservationRejected,
    InventoryReserved,
)
from shared_contracts.events.orders.v1 import OrderCancelled, OrderCreated, OrderPaymentProcessed
from tests.journeys.broker import Listener, Orders
from tests.journeys.clients import Goods, Inventory
from tests.journeys.conftest import LOCATION
from tests.journeys.waiting import until


def order_of(goods: Goods, units: int, *, version: int) -> OrderCreated:
    """The golden order, of these goods and under a new number."""
    golden = example(OrderCreated)
    line = replace(
        golden.lines[0],
        line_id=uuid.uuid4(),
        product_id=uuid.UUID(goods.product_id),
        variant_id=uuid.UUID(goods.variant_id),
        sku=goods.sku,
        catalogue_version=version,
        units=units,
        unit_price=Decimal("10"),
    )
    return replace(golden, order_id=uuid.uuid4(), lines=(line,), lease_token=None, total=units * line.unit_price)


@pytest.fixture
def told_version(goods: Goods, listener: Listener) -> int:
    """The version of the product that orders would have in its copy."""
    return listener.wait_for(ProductCreated, lambda event: str(event.product_id) == goods.product_id).version


def test_an_order_within_stock_is_reserved_then_allocated(
    goods: Goods, told_version: int, inventory: Inventory, orders: Orders, listener: Listener
) -> None:
    inventory.adjust(goods, 5, location=LOCATION)
    order = order_of(goods, 2, version=told_version)

    event_id = orders.tell(order, correlation_id="journey-of-an-order")

    reserved = listener.wait_for(InventoryReserved, lambda event: event.order_id == order.order_id)
    assert [(str(line.variant_id), line.units) for line in reserved.event.lines] == [(goods.variant_id, 2)]
    assert (reserved.correlation_id, reserved.causation_id) == ("journey-of-an-order", event_id)
    numbers = inventory.numbers(goods)
    assert (numbers["on_hand"], numbers["reserved"], numbers["available"]) == (5, 2, 3)

    paid = replace(example(OrderPaymentProcessed), order_id=order.order_id, lines=(), ship_to=None)
    orders.tell(paid)

    until(
        lambda: [inventory.numbers(goods)[bucket] for bucket in ("reserved", "allocated", "available")] == [0, 2, 3],
        said="what is paid is allocated",
    )


def test_an_order_beyond_stock_is_rejected_and_changes_nothing(
    goods: Goods, told_version: int, inventory: Inventory, orders: Orders, listener: Listener
) -> None:
    inventory.adjust(goods, 1, location=LOCATION)
    order = order_of(goods, 2, version=told_version)

    orders.tell(order)

    rejected = listener.wait_for(InventoryReservationRejected, lambda event: event.order_id == order.order_id)
    assert rejected.event.reason == "insufficient_stock"
    assert [(line.wanted, line.available) for line in rejected.event.lines] == [(2, 1)]
    assert inventory.numbers(goods)["available"] == 1
    assert listener.all_of(InventoryReserved, lambda event: event.order_id == order.order_id) == []


def test_a_cancelled_order_gives_everything_back(
    goods: Goods, told_version: int, inventory: Inventory, orders: Orders, listener: Listener
) -> None:
    inventory.adjust(goods, 3, location=LOCATION)
    order = order_of(goods, 3, version=told_version)
    orders.tell(order)
    listener.wait_for(InventoryReserved, lambda event: event.order_id == order.order_id)

    orders.tell(replace(example(OrderCancelled), order_id=order.order_id))

    released = listener.wait_for(InventoryReleased, lambda event: event.order_id == order.order_id)
    assert [line.units for line in released.event.lines] == [3]
    assert inventory.numbers(goods)["available"] == 3


def test_an_order_that_is_told_twice_is_answered_once(
    goods: Goods, told_version: int, inventory: Inventory, orders: Orders, listener: Listener
) -> None:
    inventory.adjust(goods, 9, location=LOCATION)
    order, later = order_of(goods, 2, version=told_version), order_of(goods, 1, version=told_version)

    orders.tell(order)
    orders.tell(order)
    orders.tell(later)

    listener.wait_for(InventoryReserved, lambda event: event.order_id == later.order_id)
    listener.wait_for(InventoryReserved, lambda event: event.order_id == order.order_id)
    assert until(lambda: inventory.numbers(goods)["available"] == 6, said="three units are promised")
    assert len(listener.all_of(InventoryReserved, lambda event: event.order_id == order.order_id)) == 1
