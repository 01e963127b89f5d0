"""The golden events of orders and delivery, heard through the site's own inbox."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from inventory_site.domain.models import Hold, HoldState, Product
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.planning import Wanted
from inventory_site.domain.proof import disproofs
from inventory_site.tests.factories import line, numbers, order_created, order_paid, stocked, variant
from shared_contracts.events.catalog.v1 import PriceChanged, ProductCreated, ProductUpdated
from shared_contracts.events.catalog.v1 import Variant as ToldVariant
from shared_contracts.events.delivery.v1 import InspectedLine, ReturnInspected, ShipmentDispatched, ShippedLine
from shared_contracts.events.inventory.v1 import InventoryReservationRejected, InventoryReserved, InventoryUpdated
from shared_contracts.events.orders.v1 import (
    CancelledLine,
    OrderCancelled,
    OrderCompleted,
    OrderCreated,
    OrderLinesCancelled,
)
from site_kit.messaging.models import LoggedEvent, StalledKey

Hear = Callable[..., None]
News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 1, 13, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_ledger_adds_up(db: None) -> Any:
    yield
    assert disproofs() == []


def dispatched(order: OrderCreated, units: int) -> ShipmentDispatched:
    [first, *_] = order.lines
    return ShipmentDispatched(
        shipment_id=uuid4(),
        order_id=order.order_id,
        lines=(ShippedLine(line_id=first.line_id, variant_id=first.variant_id, units=units),),
        dispatched_at=AT,
    )


def inspected(order: OrderCreated, units: int, disposition: str) -> ReturnInspected:
    [first, *_] = order.lines
    return ReturnInspected(
        return_id=uuid4(),
        order_id=order.order_id,
        lines=(
            InspectedLine(line_id=first.line_id, variant_id=first.variant_id, units=units, disposition=disposition),
        ),
        inspected_at=AT,
    )


def lines_cancelled(order: OrderCreated, units: int) -> OrderLinesCancelled:
    [first, *_] = order.lines
    return OrderLinesCancelled(
        order_id=order.order_id,
        lines=(CancelledLine(line_id=first.line_id, variant_id=first.variant_id, units=units),),
        reason="customer",
        cancelled_at=AT,
    )


def cancelled(order: OrderCreated) -> OrderCancelled:
    return OrderCancelled(order_id=order.order_id, reason="customer", cancelled_at=AT)


def completed(order: OrderCreated) -> OrderCompleted:
    return OrderCompleted(order_id=order.order_id, completed_at=AT)


def test_the_whole_trip_of_an_order(hear: Hear) -> None:
    mug = stocked(10)
    order = order_created(line(mug, 4))

    hear(order)
    assert numbers(mug) == (10, 4, 0, 0, 6)
    hear(order_paid(order))
    assert numbers(mug) == (10, 0, 4, 0, 6)
    hear(lines_cancelled(order, 1))
    assert numbers(mug) == (10, 0, 3, 0, 7)
    hear(dispatched(order, 3))
    assert numbers(mug) == (7, 0, 0, 3, 7)
    hear(inspected(order, 1, "restock"))
    assert numbers(mug) == (8, 0, 0, 2, 8)
    hear(completed(order))
    assert numbers(mug) == (8, 0, 0, 0, 8)
    hear(inspected(order, 1, "scrap"))
    assert numbers(mug) == (8, 0, 0, 0, 8)


def test_one_transaction_tells_the_state_of_a_variant_once(hear: Hear, news: News) -> None:
    mug = stocked(10)
    first, second = order_created(line(mug, 1)), order_created(line(mug, 2))
    news()

    hear(first, second, order_paid(first), cancelled(second))

    assert numbers(mug) == (10, 0, 1, 0, 9)
    [updated] = [event for event in news() if isinstance(event, InventoryUpdated)]
    assert (updated.reserved, updated.allocated, updated.available) == (0, 1, 9)


def test_an_answer_belongs_to_the_story_of_its_order(hear: Hear) -> None:
    order = order_created(line(stocked(1)))

    hear(order, correlation_id="story-1")

    logged = LoggedEvent.objects.get(type=InventoryReserved.TYPE)
    assert (logged.aggregate_id, logged.correlation_id) == (str(order.order_id), "story-1")
    assert logged.actor == f"event:{OrderCreated.TYPE}"
    assert logged.causation_id is not None


def test_an_order_with_a_lease_token_takes_the_lease_over(hear: Hear) -> None:
    mug = stocked(3)
    lease = lease_stock(lines=[Wanted(mug, 3)], ttl_s=900, client="shop")

    hear(order_created(line(mug, 3), lease_token=lease.token))

    lease.refresh_from_db()
    assert lease.state == "taken_over"
    assert numbers(mug) == (3, 3, 0, 0, 0)


def test_lines_without_units_are_passed_over(hear: Hear) -> None:
    mug = stocked(3)

    hear(order_created(line(mug, 2), line(mug, -1), line(mug, 0)))

    assert numbers(mug) == (3, 2, 0, 0, 1)


def product_told(product_id: UUID, *variant_ids: UUID, kind: Any = ProductCreated) -> Any:
    variants = tuple(ToldVariant(variant_id=id_, sku="NEW") for id_ in variant_ids)
    return kind(product_id=product_id, name="Jug", slug="jug", status="active", variants=variants, changed_at=AT)


def test_an_order_ahead_of_the_catalogue_waits_for_it(hear: Hear, news: News) -> None:
    product_id, jug = uuid4(), uuid4()
    order = order_created(line(jug, 1), product_id=product_id, version=2)
    hear(product_told(product_id))

    hear(order)
    waiting = StalledKey.objects.get()
    assert (waiting.state, waiting.aggregate_id) == ("waiting", str(order.order_id))
    assert (waiting.awaits_aggregate_id, waiting.awaits_version) == (str(product_id), 2)
    assert news() == []
    hear(product_told(product_id, jug, kind=ProductUpdated))

    assert not StalledKey.objects.exists()
    [rejected] = news()
    assert isinstance(rejected, InventoryReservationRejected)
    assert rejected.reason == "insufficient_stock"


def test_a_variant_the_catalogue_does_not_have_at_that_version_is_none(hear: Hear, news: News) -> None:
    product_id, jug = uuid4(), uuid4()
    hear(product_told(product_id), product_told(product_id, kind=ProductUpdated))

    hear(order_created(line(jug, 1), product_id=product_id, version=2))

    [rejected] = news()
    assert isinstance(rejected, InventoryReservationRejected)
    assert (rejected.reason, rejected.lines[0].variant_id) == ("unknown_variant", jug)


def test_versions_that_only_a_price_was_in_count_as_heard(hear: Hear, news: News) -> None:
    product_id, jug = uuid4(), uuid4()
    hear(product_told(product_id))
    price = PriceChanged(product_id=product_id, variant_id=jug, sku="NEW", currency="EUR", changed_at=AT)
    hear(price)

    hear(order_created(line(jug, 1), product_id=product_id, version=2))

    assert Product.objects.get().version == 1
    assert [event.reason for event in news()] == ["unknown_variant"]


def test_a_known_variant_is_held_whatever_version_the_order_was_priced_with(hear: Hear) -> None:
    mug = stocked(3)

    hear(order_created(line(mug, 1), version=99))

    assert numbers(mug) == (3, 1, 0, 0, 2)


def test_facts_that_cross_end_in_the_same_numbers(hear: Hear) -> None:
    mug = stocked(10)
    order = order_created(line(mug, 4))

    hear(dispatched(order, 2), inspected(order, 1, "restock"), order, order_paid(order), completed(order))

    assert numbers(mug) == (9, 0, 2, 0, 7)
    assert Hold.objects.get().state == HoldState.COMPLETED


def test_an_order_of_a_variant_without_stock_is_answered_with_a_shortage(hear: Hear, news: News) -> None:
    hear(order_created(line(variant(), 1)))

    assert [(event.reason, event.lines[0].available) for event in news()] == [("insufficient_stock", 0)]
