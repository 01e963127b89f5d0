"""What a caller wishes for: the input of operations on products."""

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from catalog_site.domain.money import Money

MAX_VARIANTS = 200


@dataclass(frozen=True, slots=True, order=True)
class OptionChoice:
    """The value a variant has on one axis, by codes: `OptionChoice("colour", "red")`."""

    axis: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDraft:
    """A variant as it shall be. With `variant_id`, or failing that by SKU, it is the one that is there already."""

    sku: str
    name: str = ""
    barcode: str = ""
    active: bool = True
    weight_g: int | None = None
    options: tuple[OptionChoice, ...] = ()
    prices: tuple[Money, ...] = ()
    variant_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A product to be made; without a slug one is made from its name."""

    name: str
    slug: str = ""
    description: str = ""
    brand: str = ""
    status: str = "draft"
    category_ids: tuple[UUID, ...] = ()
    variants: tuple[VariantDraft, ...] = ()
    product_id: UUID | None = None


class ProductChanges(TypedDict, total=False):
    """What shall be different; what is not named stays. `variants` is the complete list: others are removed."""

    name: str
    slug: str
    description: str
    brand: str
    status: str
    picture_alt: str
    category_ids: tuple[UUID, ...]
    variants: tuple[VariantDraft, ...]


class VariantChanges(TypedDict, total=False):
    """What shall be different about a variant; `options` and `prices` are complete lists."""

    sku: str
    name: str
    barcode: str
    active: bool
    weight_g: int | None
    position: int
    options: tuple[OptionChoice, ...]
    prices: tuple[Money, ...]
