"""A product with everything below it, as one frozen value.

Events, answers of the API and exports are made from it; two of them are compared to learn what an operation changed.
Stock is shown but not compared: it is not the catalog's to change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from catalog_site.domain.drafts import OptionChoice


@dataclass(frozen=True, slots=True)
class PriceState:
    """What a variant costs in one currency."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StockState:
    """What inventory said last, when it was so, and the version of its stream that said it."""

    available: int
    as_of: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantState:
    """A variant with its options (in axis order) and prices (by currency)."""

    id: UUID
    sku: str
    name: str
    barcode: str
    active: bool
    weight_g: int | None
    options: tuple[OptionChoice, ...]
    prices: tuple[PriceState, ...]
    stock: StockState | None = field(compare=False)

    @property
    def in_stock(self) -> bool:
        """Whether it can be bought and inventory has some."""
        return self.active and self.stock is not None and self.stock.available > 0

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Its prices by currency."""
        return {price.currency: price.amount for price in self.prices}


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureState:
    """One picture, two sizes."""

    name: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductState:
    """Everything about a product."""

    id: UUID
    name: str
    slug: str
    description: str
    brand: str
    status: str
    picture: PictureState | None
    picture_alt: str
    category_ids: tuple[UUID, ...]
    variants: tuple[VariantState, ...]
    revision: int = field(compare=False)
    created_at: datetime = field(compare=False)
    updated_at: datetime = field(compare=False)
    published_at: datetime | None = field(compare=False)

    @property
    def active_variants(self) -> Iterator[VariantState]:
        """Those that can be bought."""
        return (variant for variant in self.variants if variant.active)

    @property
    def stock_stamp(self) -> int:
        """A number that grows whenever inventory says something new about one of the variants."""
        return sum(variant.stock.version for variant in self.variants if variant.stock)

    @property
    def to_be_had(self) -> tuple[VariantState, ...]:
        """Variants that can be bought now."""
        return tuple(variant for variant in self.variants if variant.in_stock)

    @property
    def in_stock(self) -> bool:
        """Whether any variant can be bought now."""
        return bool(self.to_be_had)

    @property
    def lacks(self) -> list[str]:
        """What keeps it from being active: `active_variant`, or `price` of variants named by SKU."""
        if not any(self.active_variants):
            return ["active_variant"]
        return [f"price:{variant.sku}" for variant in self.active_variants if not variant.prices]
