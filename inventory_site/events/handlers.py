"""What inventory listens to: contract event → operation, with the locks each handler takes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from inventory_site.domain import queries
from inventory_site.domain.models import Hold, Lease, Location, Product, Variant
from inventory_site.domain.operations.allocate_holds import allocate_holds
from inventory_site.domain.operations.book_returns import Inspected, Return, book_returns
from inventory_site.domain.operations.copy_products import ProductCopy, VariantCopy, copy_products
from inventory_site.domain.operations.deduct_stock import deduct_stock
from inventory_site.domain.operations.dispatch_stock import Shipment, dispatch_stock
from inventory_site.domain.operations.forget_products import forget_products
from inventory_site.domain.operations.hold_stock import OrderLine, Promise, hold_stock
from inventory_site.domain.operations.release_holds import release_holds
from inventory_site.domain.operations.release_order_lines import LinesCancelled, release_order_lines
from inventory_site.domain.shipping import MovedUnits
from inventory_site.events.catalogue_progress import wait_for_catalogue
from shared_contracts.events.catalog.v1 import ProductCreated, ProductDeleted, ProductUpdated
from shared_contracts.events.delivery.v1 import ReturnInspected, ShipmentDispatched
from shared_contracts.events.orders.v1 import (
    OrderCancelled,
    OrderCompleted,
    OrderCreated,
    OrderLinesCancelled,
    OrderPaymentProcessed,
)
from site_kit.messaging.handlers import Handler, Message, Wanted, bulk

LOCK_ORDER = (Product, Variant, Hold, Lease, Location)


def on_product_told(messages: Sequence[Message[ProductCreated]] | Sequence[Message[ProductUpdated]]) -> None:
    """Keep a copy of what can be stocked; the stream's version goes along."""
    copy_products(products=[_product_copy(message) for message in messages])


def on_product_deleted(messages: Sequence[Message[ProductDeleted]]) -> None:
    """Promise nothing new of what the catalogue dropped."""
    forget_products(versions={message.event.product_id: message.version for message in messages})


def on_order_created(messages: Sequence[Message[OrderCreated]]) -> None:
    """Hold stock for new orders; a shortage is an answer, not an error.

    An order for a variant that the local copy of the catalogue cannot know yet waits for the catalogue.
    """
    wait_for_catalogue([line for message in messages for line in message.event.lines])
    hold_stock(promises=[_promise(message.event) for message in messages])


def on_order_payment_processed(messages: Sequence[Message[OrderPaymentProcessed]]) -> None:
    """Paid: hold becomes allocation."""
    allocate_holds(order_ids=_orders(messages))


def on_order_lines_cancelled(messages: Sequence[Message[OrderLinesCancelled]]) -> None:
    """Units that will not be sent are free again."""
    release_order_lines(
        cancellations=[
            LinesCancelled(
                order_id=message.event.order_id,
                lines=tuple(OrderLine(line.line_id, line.variant_id, line.units) for line in message.event.lines),
            )
            for message in messages
        ]
    )


def on_order_cancelled(messages: Sequence[Message[OrderCancelled]]) -> None:
    """Everything not sent is free again."""
    release_holds(order_ids=_orders(messages))


def on_order_completed(messages: Sequence[Message[OrderCompleted]]) -> None:
    """What was sent is the customer's."""
    deduct_stock(order_ids=_orders(messages))


def on_shipment_dispatched(messages: Sequence[Message[ShipmentDispatched]]) -> None:
    """Goods left the door, whatever was promised."""
    dispatch_stock(
        shipments=[
            Shipment(
                shipment_id=message.event.shipment_id,
                order_id=message.event.order_id,
                lines=tuple(_moved(line) for line in message.event.lines),
            )
            for message in messages
        ]
    )


def on_return_inspected(messages: Sequence[Message[ReturnInspected]]) -> None:
    """Goods came back; some go on the shelf."""
    book_returns(
        returns=[
            Return(
                return_id=message.event.return_id,
                order_id=message.event.order_id,
                lines=tuple(Inspected(_moved(line), line.disposition) for line in message.event.lines),
            )
            for message in messages
        ]
    )


def rows_of_products(events: Sequence[ProductCreated] | Sequence[ProductUpdated]) -> Wanted:
    """The copies, and the variants they hold now or held before."""
    product_ids = {event.product_id for event in events}
    told = {variant.variant_id for event in events for variant in event.variants}
    return {Product: product_ids, Variant: told | queries.variants_of_products(product_ids)}


def rows_of_deleted(events: Sequence[ProductDeleted]) -> Wanted:
    """The copies, and the variants they hold."""
    product_ids = {event.product_id for event in events}
    return {Product: product_ids, Variant: queries.variants_of_products(product_ids)}


def rows_of_new_orders(events: Sequence[OrderCreated]) -> Wanted:
    """The stock of every line, and the leases that are handed over with theirs."""
    offered = queries.leases_by_token({event.lease_token for event in events if event.lease_token})
    ordered = {line.variant_id for event in events for line in event.lines}
    return {
        Variant: ordered | offered.variant_ids,
        Hold: [event.order_id for event in events],
        Lease: offered.lease_ids,
    }


class OfOrder(Protocol):
    """An event that names an order."""

    @property
    def order_id(self) -> UUID: ...


class OfOrderLines(OfOrder, Protocol):
    """An event that names lines of an order with their variants."""

    @property
    def lines(self) -> tuple[Any, ...]: ...


def rows_of_orders(events: Sequence[OfOrder]) -> Wanted:
    """The stock that was ever promised to these orders."""
    order_ids = {event.order_id for event in events}
    return {Variant: queries.variants_of_orders(order_ids), Hold: order_ids}


def rows_of_lines(events: Sequence[OfOrderLines]) -> Wanted:
    """The stock that was ever promised to these orders, and what the lines name."""
    named = {line.variant_id for event in events for line in event.lines}
    order_ids = {event.order_id for event in events}
    return {Variant: named | queries.variants_of_orders(order_ids), Hold: order_ids}


HANDLERS: Mapping[type[Any], Handler[Any]] = {
    ProductCreated: bulk(on_product_told, locks=rows_of_products),
    ProductUpdated: bulk(on_product_told, locks=rows_of_products),
    ProductDeleted: bulk(on_product_deleted, locks=rows_of_deleted),
    OrderCreated: bulk(on_order_created, locks=rows_of_new_orders),
    OrderPaymentProcessed: bulk(on_order_payment_processed, locks=rows_of_orders),
    OrderLinesCancelled: bulk(on_order_lines_cancelled, locks=rows_of_lines),
    OrderCancelled: bulk(on_order_cancelled, locks=rows_of_orders),
    OrderCompleted: bulk(on_order_completed, locks=rows_of_orders),
    ShipmentDispatched: bulk(on_shipment_dispatched, locks=rows_of_lines),
    ReturnInspected: bulk(on_return_inspected, locks=rows_of_lines),
}


def _orders(messages: Iterable[Message[Any]]) -> list[UUID]:
    return [message.event.order_id for message in messages]


def _promise(event: OrderCreated) -> Promise:
    lines = tuple([OrderLine(line.line_id, line.variant_id, line.units) for line in event.lines])
    return Promise(event.order_id, lines, event.lease_token)


def _moved(line: Any) -> MovedUnits:
    return MovedUnits(line.line_id, line.variant_id, line.units, line.location_code)


def _product_copy(message: Message[ProductCreated] | Message[ProductUpdated]) -> ProductCopy:
    event = message.event
    return ProductCopy(
        product_id=event.product_id,
        version=message.version,
        name=event.name,
        status=event.status,
        variants=tuple(
            VariantCopy(variant.variant_id, variant.sku, variant.name, variant.barcode, variant.active)
            for variant in event.variants
        ),
    )
