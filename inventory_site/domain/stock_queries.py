"""Reads for those who ask: API and back office."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from inventory_site.domain.errors import UnknownLease, UnknownLocation, UnknownProduct, UnknownRule
from inventory_site.domain.in_hand import ItemInHand
from inventory_site.domain.models import (
    HoldLine,
    HoldState,
    Lease,
    LeaseLine,
    Location,
    LowStockAlert,
    LowStockRule,
    StockItem,
    Variant,
)
from site_kit.messaging.database import fast_cursor

STOCK_OF_PRODUCT = """
    SELECT product.name, variant.variant_id, variant.sku, variant.name, variant.removed,
           item.id, place.code, item.on_hand, item.reserved, item.allocated, item.dispatched
    FROM inventory_product AS product
    LEFT JOIN inventory_variant AS variant ON variant.product_id = product.product_id
    LEFT JOIN inventory_stockitem AS item ON item.variant_id = variant.variant_id
    LEFT JOIN inventory_location AS place ON place.id = item.location_id
    WHERE product.product_id = %b ORDER BY variant.sku, variant.variant_id, place.rank, place.code
"""

MOST_FOUND = 200


@dataclass(slots=True)
class StockOfVariant:
    """A variant's numbers, all locations together, and each location in rank order."""

    variant_id: UUID
    sku: str
    name: str
    removed: bool
    items: list[ItemInHand] = field(default_factory=list)

    @property
    def on_hand(self) -> int:
        return sum(item.on_hand for item in self.items)

    @property
    def reserved(self) -> int:
        return sum(item.reserved for item in self.items)

    @property
    def allocated(self) -> int:
        return sum(item.allocated for item in self.items)

    @property
    def dispatched(self) -> int:
        return sum(item.dispatched for item in self.items)

    @property
    def available(self) -> int:
        return sum(item.available for item in self.items)


@dataclass(frozen=True, slots=True)
class StockOfProduct:
    """The stock of a product's variants, by SKU."""

    product_id: UUID
    name: str
    variants: list[StockOfVariant]


@dataclass(frozen=True, slots=True)
class LeasedUnits:
    """Units that a lease promised at one location."""

    variant_id: UUID
    sku: str
    location: str
    units: int


def stock_of_product(product_id: UUID) -> StockOfProduct:
    """What there is of a product, in one query. Raises UnknownProduct."""
    with fast_cursor() as cursor:
        rows = cursor.execute(STOCK_OF_PRODUCT, [product_id]).fetchall()
    if not rows:
        raise UnknownProduct("The catalogue has told inventory of no such product.", product_id=str(product_id))
    variants: dict[UUID, StockOfVariant] = {}
    for _, variant_id, sku, name, removed, *item in rows:
        if variant_id is None:
            continue
        variant = variants.setdefault(variant_id, StockOfVariant(variant_id, sku, name, removed))
        if item[0] is not None:
            variant.items.append(ItemInHand(item[0], variant_id, *item[1:]))
    return StockOfProduct(product_id, rows[0][0], list(variants.values()))


def open_alerts() -> QuerySet[LowStockAlert]:
    """Variants below their minimum now, as rows."""
    return LowStockAlert.objects.filter(closed_at=None).select_related("variant", "location")


def available_for_alerts(alerts: Collection[LowStockAlert]) -> dict[UUID, int]:
    """What is available now where each alert looks, by alert id, in one query."""
    numbers = StockItem.objects.filter(variant__in={alert.variant_id for alert in alerts})
    at = {(row[0], row[1]): row[2] for row in numbers.values_list("variant_id", "location_id", "available")}
    return {
        alert.alert_id: sum(
            available
            for (variant_id, location_id), available in at.items()
            if variant_id == alert.variant_id and alert.location_id in {None, location_id}
        )
        for alert in alerts
    }


def leased_units(lease: Lease) -> list[LeasedUnits]:
    """What a lease promised, in the order it was promised."""
    lines = LeaseLine.objects.filter(lease=lease).order_by("id").values_list(
        "stock_item__variant_id", "stock_item__variant__sku", "stock_item__location__code", "units"
    )  # fmt: skip
    return [LeasedUnits(*line) for line in lines]


def find_lease(lease_id: UUID) -> Lease:
    """A lease by its id. Raises UnknownLease."""
    lease = Lease.objects.filter(lease_id=lease_id).first()
    if lease is None:
        raise UnknownLease("There is no such lease.")
    return lease


def find_location(code: str) -> Location:
    """A location by its code. Raises UnknownLocation."""
    location = Location.objects.filter(code=code).first()
    if location is None:
        raise UnknownLocation([code])
    return location


def find_rule(rule_id: UUID) -> LowStockRule:
    """A low-stock rule by its id. Raises UnknownRule."""
    rule = LowStockRule.objects.select_related("variant", "location").filter(pk=rule_id).first()
    if rule is None:
        raise UnknownRule("There is no such rule.")
    return rule


def at_most(rows: QuerySet[Any], most: int) -> int:
    """How many rows there are, counted no further than `most`: a number on a page must not cost a table scan."""
    return rows.order_by()[:most].count()


def variants_called(term: str) -> list[UUID]:
    """Variants by what is printed on the box or begins on the list: id, barcode, or the beginning of the SKU."""
    known = Q(barcode=term) | Q(sku__startswith=term)
    with suppress(ValueError):
        known |= Q(variant_id=UUID(term))
    return list(Variant.objects.filter(known).order_by("sku").values_list("variant_id", flat=True)[:MOST_FOUND])


def open_promises(stock_item_id: int) -> list[HoldLine]:
    """Lines that still have units of a stock item promised, in the order in which they would lose them."""
    lines = HoldLine.objects.filter(Q(reserved__gt=0) | Q(allocated__gt=0), stock_item=stock_item_id)
    # As `settle_shortfall` does it: unpaid ones first, the newest first.
    paid = Case(When(hold__state=HoldState.HELD, then=0), default=1)
    return list(lines.select_related("hold").order_by(paid, "-hold__created_at")[:MOST_FOUND])
