"""Reads of stock that span rows, for those who look."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from inventory_site.domain.errors import UnknownProduct
from inventory_site.domain.models import LeaseLine, LowStockAlert, LowStockRule, Movement, Product, StockItem, Variant


@dataclass(frozen=True, slots=True)
class ProductStock:
    """A product's variants, and the stock items of each."""

    product: Product
    variants: Sequence[tuple[Variant, Sequence[StockItem]]]


def stock_of_product(product_id: UUID) -> ProductStock:
    """What is there of a product, variant by variant in SKU order; three queries. Raises UnknownProduct."""
    product = Product.objects.filter(product_id=product_id, deleted=False).first()
    if product is None:
        raise UnknownProduct("The catalogue has told inventory of no such product.", product_id=str(product_id))
    variants = list(Variant.objects.filter(product=product, removed=False).order_by("sku", "variant_id"))
    items: dict[UUID, list[StockItem]] = {variant.variant_id: [] for variant in variants}
    rows = StockItem.objects.filter(variant__in=items).select_related("location").order_by("location__rank", "location")
    for row in rows:
        items[row.variant_id].append(row)
    return ProductStock(product, [(variant, items[variant.variant_id]) for variant in variants])


def stock_items() -> QuerySet[StockItem]:
    """Every stock item, with its variant and location."""
    return StockItem.objects.select_related("variant", "location")


def movements() -> QuerySet[Movement]:
    """The stock ledger."""
    return Movement.objects.select_related("stock_item__location")


def open_alerts() -> QuerySet[LowStockAlert]:
    """Variants below their minimum now."""
    return LowStockAlert.objects.filter(closed_at=None).select_related("variant", "location")


def rules() -> QuerySet[LowStockRule]:
    """Every minimum that is watched."""
    return LowStockRule.objects.select_related("location")


def lines_of_lease(lease_id: UUID) -> list[LeaseLine]:
    """What a lease was made of, with its variants and locations."""
    rows = LeaseLine.objects.filter(lease=lease_id).select_related("stock_item__location")
    return list(rows.order_by("stock_item__variant_id", "stock_item__location__rank", "id"))
