"""Rows that tests start from, made the way the site makes them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from inventory_site.domain.models import Location, Product, StockItem, Variant
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from inventory_site.domain.operations.hold_stock import OrderLine, Promise
from shared_contracts.events.orders.v1 import OrderCreated, OrderPaymentProcessed
from shared_contracts.events.orders.v1 import OrderLine as OrderedLine

PLACED_AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def location(code: str = "BER", *, rank: int = 100) -> Location:
    """A location, made once."""
    made, _ = Location.objects.get_or_create(code=code, defaults={"name": code.title(), "rank": rank})
    return made


def variant(sku: str = "", *, product_id: UUID | None = None, version: int = 1) -> UUID:
    """A variant the catalogue has told of, with a product of its own unless one is given."""
    variant_id = uuid4()
    product, _ = Product.objects.get_or_create(
        product_id=product_id or uuid4(), defaults={"name": "Mug", "status": "active", "version": version}
    )
    Variant.objects.create(variant_id=variant_id, product=product, sku=sku or f"SKU-{str(variant_id)[:8]}", name="Mug")
    return variant_id


def stocked(on_hand: int | Mapping[str, int] = 10, *, sku: str = "") -> UUID:
    """A variant with goods received: at BER, or at the locations named, ranked as they come."""
    variant_id = variant(sku)
    places = {"BER": on_hand} if isinstance(on_hand, int) else on_hand
    for rank, (code, units) in enumerate(places.items(), start=1):
        location(code, rank=rank)
        receive(variant_id, units, at=code)
    return variant_id


def receive(variant_id: UUID, units: int, *, at: str = "BER") -> None:
    """Goods came in."""
    adjust_stock(adjustments=[Adjustment(variant_id=variant_id, location=at, delta=units, reason="received")])


def lose(variant_id: UUID, units: int, *, at: str = "BER") -> None:
    """Goods are gone."""
    adjust_stock(adjustments=[Adjustment(variant_id=variant_id, location=at, delta=-units, reason="lost")])


def line(variant_id: UUID, units: int = 1) -> OrderLine:
    """A line of an order."""
    return OrderLine(uuid4(), variant_id, units)


def promise(*lines: OrderLine, order_id: UUID | None = None, lease_token: str | None = None) -> Promise:
    """What an order wants."""
    return Promise(order_id or uuid4(), lines, lease_token)


def numbers(variant_id: UUID, at: str = "BER") -> tuple[int, int, int, int, int]:
    """On hand, reserved, allocated, dispatched, available of a variant at a location."""
    item = StockItem.objects.get(variant=variant_id, location__code=at)
    return item.on_hand, item.reserved, item.allocated, item.dispatched, item.available


def order_created(
    *lines: OrderLine, order_id: UUID | None = None, product_id: UUID | None = None, version: int = 1,
    lease_token: str | None = None,
) -> OrderCreated:  # fmt: skip
    """The event of orders for these lines; the product of every line is the local copy's unless given."""
    products = dict(Variant.objects.filter(variant_id__in=[li.variant_id for li in lines]).values_list("pk", "product"))
    return OrderCreated(
        order_id=order_id or uuid4(),
        number="FV-1",
        currency="EUR",
        total=Decimal("10.00"),
        lines=tuple(
            OrderedLine(
                line_id=line_id,
                product_id=product_id or products.get(variant_id) or uuid4(),
                variant_id=variant_id,
                catalogue_version=version,
                units=units,
                unit_price=Decimal("5.00"),
            )
            for line_id, variant_id, units in lines
        ),
        lease_token=lease_token,
        placed_at=PLACED_AT,
    )


def order_paid(order: OrderCreated) -> OrderPaymentProcessed:
    """The event of orders that says this order is paid."""
    return OrderPaymentProcessed(
        order_id=order.order_id, payment_id=uuid4(), amount=order.total, currency="EUR", lines=(), paid_at=PLACED_AT
    )
