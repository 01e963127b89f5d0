"""Lists of products: lean rows, each filter one condition the database has an index for."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from catalog_site.domain.drafts import OptionChoice
from catalog_site.domain.models import ListPrice, Price, Product, ProductCategory, Variant

CARD_FIELDS = (
    "id",
    "slug",
    "name",
    "brand",
    "status",
    "in_stock",
    "picture",
    "picture_width",
    "picture_height",
    "picture_alt",
    "created_at",
    "updated_at",
)

Rows = QuerySet[Product, dict[str, Any]]
AnyRows = TypeVar("AnyRows", bound=QuerySet[Product, Any])


def product_cards() -> Rows:
    """What a list shows of each product; plain dicts, in no order yet."""
    rows: Rows = Product.objects.order_by().values(*CARD_FIELDS)
    return rows


class Span(NamedTuple):
    """From–to of a product in one currency."""

    currency: str
    lowest: Decimal
    highest: Decimal


def list_prices_of(product_ids: Collection[UUID]) -> Mapping[UUID, list[Span]]:
    """From–to prices by product, currencies in order."""
    found: dict[UUID, list[Span]] = {}
    rows = ListPrice.objects.filter(product__in=product_ids).order_by("product", "currency")
    for product_id, currency, lowest, highest in rows.values_list("product_id", "currency", "lowest", "highest"):
        found.setdefault(product_id, []).append(Span(currency, lowest, highest))
    return found


def in_categories(rows: AnyRows, category_ids: Collection[UUID]) -> AnyRows:
    """Those that stand in one of the categories."""
    standing = ProductCategory.objects.filter(product=OuterRef("pk"), category__in=category_ids)
    return rows.filter(Exists(standing))


def with_option(rows: Rows, choices: Collection[OptionChoice]) -> Rows:
    """Those with an active variant that has, on each axis named, one of the values named for it."""
    variants = Variant.objects.filter(product=OuterRef("pk"), active=True)
    for axis in sorted({choice.axis for choice in choices}):
        values = [choice.value for choice in choices if choice.axis == axis]
        variants = variants.filter(choices__attribute__code=axis, choices__option__code__in=values)
    return rows.filter(Exists(variants))


def priced_between(rows: Rows, currency: str, lowest: Decimal | None, highest: Decimal | None) -> Rows:
    """Those with an active variant that costs so much in a currency; either bound may be open."""
    bounds = Q()
    if lowest is not None:
        bounds &= Q(amount__gte=lowest)
    if highest is not None:
        bounds &= Q(amount__lte=highest)
    prices = Price.objects.filter(bounds, variant__product=OuterRef("pk"), variant__active=True, currency=currency)
    return rows.filter(Exists(prices))


def with_price(rows: Rows, currency: str) -> Rows:
    """Those that have a price in a currency, with the lowest one as `price`, to order by."""
    relation = FilteredRelation("list_prices", condition=Q(list_prices__currency=currency))
    return rows.annotate(asked=relation).filter(asked__lowest__isnull=False).annotate(price=F("asked__lowest"))
