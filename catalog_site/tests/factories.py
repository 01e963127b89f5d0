"""Things for tests, made by the operations that make them in earnest."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from catalog_site.domain import clock
from catalog_site.domain.drafts import OptionChoice, ProductDraft, VariantDraft
from catalog_site.domain.models import Category, Product, Variant
from catalog_site.domain.money import Money
from catalog_site.domain.operations.apply_stock import StockLevel, apply_stock
from catalog_site.domain.operations.arrange_attributes import create_attribute, put_option
from catalog_site.domain.operations.arrange_categories import create_category
from catalog_site.domain.operations.create_product import create_product


def eur(amount: str) -> Money:
    """Money in euro."""
    return Money("EUR", Decimal(amount))


def usd(amount: str) -> Money:
    """Money in dollars."""
    return Money("USD", Decimal(amount))


def options(**choices: str) -> tuple[OptionChoice, ...]:
    """`options(colour="red", size="m")`."""
    return tuple(OptionChoice(axis, value) for axis, value in choices.items())


def variant_draft(sku: str = "", **more: Any) -> VariantDraft:
    """A variant that costs 10 euro unless said otherwise."""
    return VariantDraft(**{"sku": sku or f"SKU-{uuid4().hex[:8]}", "prices": (eur("10.00"),), **more})


def product(name: str = "Walnut Bowl", **more: Any) -> Product:
    """A product with one variant of 10 euro: a draft unless said otherwise."""
    return create_product(draft=ProductDraft(**{"name": name, "variants": (variant_draft(),), **more}))


def active_product(name: str = "Walnut Bowl", **more: Any) -> Product:
    """A product everybody can see."""
    return product(name, status="active", **more)


def variant_of(product: Product) -> Variant:
    """The product's only variant."""
    return Variant.objects.get(product=product)


def category(slug: str, parent: Category | None = None, **more: Any) -> Category:
    """A category named after its slug."""
    return create_category(name=slug.title(), slug=slug, parent_id=parent.id if parent else None, **more)


def axis(code: str, name: str, values: Mapping[str, str]) -> None:
    """An attribute with its options."""
    create_attribute(code=code, name=name)
    for position, (value, label) in enumerate(values.items()):
        put_option(attribute_code=code, code=value, name=label, position=position)


def stock(variant_id: UUID, available: int, version: int = 1) -> None:
    """Inventory said so."""
    apply_stock(levels=[StockLevel(variant_id, available, version, clock.now())])


def picture(width: int = 40, height: int = 30, kind: str = "PNG", colour: str = "teal", **more: Any) -> bytes:
    """The bytes of a picture file."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **more)
    return out.getvalue()
