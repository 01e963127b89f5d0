"""Reads that span rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from catalog_site.domain.drafts import OptionChoice
from catalog_site.domain.errors import AttributeNotFound, CategoryNotFound, ProductNotFound, VariantNotFound
from catalog_site.domain.models import (
    Attribute,
    Category,
    Price,
    Product,
    ProductCategory,
    Variant,
    VariantOption,
    VariantStock,
)
from catalog_site.domain.state import PictureState, PriceState, ProductState, StockState, VariantState


def product_states(products: Iterable[Product]) -> dict[UUID, ProductState]:
    """Products with everything below them, in five queries however many they are.

    Takes the rows, not ids: an operation passes the row it is about to save.
    """
    rows = {product.id: product for product in products}
    variants = _variant_states(rows)
    categories = _grouped(ProductCategory.objects.filter(product__in=rows).values_list("product_id", "category_id"))
    return {
        id_: _product_state(product, tuple(sorted(categories[id_])), variants[id_]) for id_, product in rows.items()
    }


def product_state(product_id: UUID) -> ProductState:
    """One product with everything below it. Raises `ProductNotFound`."""
    return product_states([find_product(str(product_id))])[product_id]


def find_product(id_or_slug: str) -> Product:
    """A product by its id or slug. Raises `ProductNotFound`."""
    product = Product.objects.filter(_id_or_slug(id_or_slug)).first()
    if product is None:
        raise ProductNotFound("There is no such product.", product=id_or_slug)
    return product


def find_variant(variant_id: UUID) -> Variant:
    """A variant with its product. Raises `VariantNotFound`."""
    variant = Variant.objects.select_related("product").filter(id=variant_id).first()
    if variant is None:
        raise VariantNotFound("There is no such variant.", variant_id=str(variant_id))
    return variant


def find_category(id_or_slug: str) -> Category:
    """A category by its id or slug. Raises `CategoryNotFound`."""
    category = Category.objects.filter(_id_or_slug(id_or_slug)).first()
    if category is None:
        raise CategoryNotFound("There is no such category.", category=id_or_slug)
    return category


def find_attribute(code: str) -> Attribute:
    """An attribute by its code. Raises `AttributeNotFound`."""
    attribute = Attribute.objects.filter(code=code).first()
    if attribute is None:
        raise AttributeNotFound("There is no such attribute.", attribute=code)
    return attribute


def shelf_ids(category: Category) -> list[UUID]:
    """A category and all that hang below it."""
    return list(Category.objects.filter(path__within=category.path).values_list("id", flat=True))


def products_of_variants(variant_ids: Collection[UUID]) -> list[UUID]:
    """The products that have these variants, each once; unknown variants have none."""
    found = Variant.objects.filter(id__in=variant_ids).order_by().values_list("product_id", flat=True)
    return sorted(set(found))


def at_most(rows: QuerySet[Any], most: int) -> int:
    """How many rows there are, counted no further than `most`: a number on a page must not cost a table scan."""
    return rows.order_by()[:most].count()


def _id_or_slug(text: str) -> Q:
    try:
        return Q(id=UUID(text))
    except ValueError:
        return Q(slug=text)


def _product_state(product: Product, category_ids: tuple[UUID, ...], variants: list[VariantState]) -> ProductState:
    return ProductState(
        id=product.id,
        name=product.name,
        slug=product.slug,
        description=product.description,
        brand=product.brand,
        status=product.status,
        picture=picture_state(product),
        picture_alt=product.picture_alt,
        category_ids=category_ids,
        variants=tuple(variants),
        revision=product.revision,
        created_at=product.created_at,
        updated_at=product.updated_at,
        published_at=product.published_at,
    )


def picture_state(product: Product) -> PictureState | None:
    """The product's picture, if it has one."""
    if not product.picture:
        return None
    return PictureState(
        name=product.picture, width=product.picture_width, height=product.picture_height, alt=product.picture_alt
    )


def _variant_states(product_ids: Collection[UUID]) -> Mapping[UUID, list[VariantState]]:
    rows = list(Variant.objects.filter(product__in=product_ids).order_by("position", "sku"))
    ids = [row.id for row in rows]
    options = _grouped(
        VariantOption.objects.filter(variant__in=ids)
        .order_by("attribute__position", "attribute__code")
        .values_list("variant_id", "attribute__code", "option__code")
    )
    prices = _grouped(
        Price.objects.filter(variant__in=ids).order_by("currency").values_list("variant_id", "currency", "amount")
    )
    stock = {
        row[0]: StockState(*row[1:])
        for row in VariantStock.objects.filter(variant__in=ids).values_list(
            "variant_id", "available", "changed_at", "version"
        )
    }

    found: dict[UUID, list[VariantState]] = defaultdict(list)
    for row in rows:
        found[row.product_id].append(
            VariantState(
                id=row.id,
                sku=row.sku,
                name=row.name,
                barcode=row.barcode,
                active=row.active,
                weight_g=row.weight_g,
                options=tuple(OptionChoice(*choice) for choice in options[row.id]),
                prices=tuple(PriceState(*price) for price in prices[row.id]),
                stock=stock.get(row.id),
            )
        )
    return found


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> defaultdict[Any, list[Any]]:
    """Rows by their first column; of two-column rows the bare second one."""
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, *rest in pairs:
        groups[key].append(rest[0] if len(rest) == 1 else tuple(rest))
    return groups
