"""What the API shows, as plain data: no serializer walks fields on the hot path. The shapes stand in `serializers`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from catalog_site.domain.facts import picture_url
from catalog_site.domain.listing_queries import Span
from catalog_site.domain.models import Attribute, AttributeOption, Category
from catalog_site.domain.money import amount_text
from catalog_site.domain.state import PictureState, ProductState, VariantState

Document = dict[str, Any]


def product_document(product: ProductState, *, public: bool) -> Document:
    """A product in full; the public sees active variants only."""
    return {
        "id": product.id,
        "slug": product.slug,
        "name": product.name,
        "description": product.description,
        "brand": product.brand,
        "status": product.status,
        "category_ids": list(product.category_ids),
        "picture": picture_document(product.picture),
        "in_stock": product.in_stock,
        "variants": variant_documents(product, public=public),
        "revision": product.revision,
        "created_at": product.created_at,
        "updated_at": product.updated_at,
        "published_at": product.published_at,
    }


def variant_documents(product: ProductState, *, public: bool) -> list[Document]:
    """The variants in their order; the public sees active ones only."""
    return [variant_document(product.id, variant) for variant in product.variants if variant.active or not public]


def variant_document(product_id: UUID, variant: VariantState) -> Document:
    """One variant with options, prices and what inventory said."""
    stock = variant.stock
    return {
        "id": variant.id,
        "product_id": product_id,
        "sku": variant.sku,
        "name": variant.name,
        "barcode": variant.barcode,
        "active": variant.active,
        "weight_g": variant.weight_g,
        "options": [{"axis": option.axis, "value": option.value} for option in variant.options],
        "prices": [
            {"currency": price.currency, "amount": amount_text(price.currency, price.amount)}
            for price in variant.prices
        ],
        "stock": {
            "in_stock": stock is not None and stock.available > 0,
            "available": max(stock.available, 0) if stock else 0,
            "as_of": stock.as_of if stock else None,
        },
    }


def picture_document(picture: PictureState | None) -> Document | None:
    """Addresses and size of a picture."""
    if picture is None:
        return None
    return {
        "url": picture_url(picture),
        "small_url": picture_url(picture, small=True),
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
    }


def card_documents(rows: Iterable[Mapping[str, Any]], prices: Mapping[UUID, Sequence[Span]]) -> list[Document]:
    """Products as lists show them."""
    return [_card(row, prices.get(row["id"], ())) for row in rows]


def _card(row: Mapping[str, Any], prices: Sequence[Span]) -> Document:
    return {
        "id": row["id"],
        "slug": row["slug"],
        "name": row["name"],
        "brand": row["brand"],
        "status": row["status"],
        "picture": picture_document(_picture_of(row)),
        "in_stock": row["in_stock"],
        "prices": [
            {
                "currency": price.currency,
                "lowest": amount_text(price.currency, price.lowest),
                "highest": amount_text(price.currency, price.highest),
            }
            for price in prices
        ],
        "updated_at": row["updated_at"],
    }


def _picture_of(row: Mapping[str, Any]) -> PictureState | None:
    if not row["picture"]:
        return None
    return PictureState(
        name=row["picture"], width=row["picture_width"], height=row["picture_height"], alt=row["picture_alt"]
    )


def category_document(category: Category) -> Document:
    """A shelf and where it hangs."""
    return {
        "id": category.id,
        "slug": category.slug,
        "name": category.name,
        "parent_id": category.parent_id,
        "depth": category.depth,
        "position": category.position,
        "revision": category.revision,
    }


def attribute_document(attribute: Attribute, options: Iterable[AttributeOption]) -> Document:
    """An axis with its options."""
    return {
        "code": attribute.code,
        "name": attribute.name,
        "position": attribute.position,
        "revision": attribute.revision,
        "options": [{"code": option.code, "name": option.name, "position": option.position} for option in options],
    }


def only(document: Document, fields: Collection[str] | None, always: Collection[str]) -> Document:
    """The fields a caller asked for; None means all."""
    if fields is None:
        return document
    return {name: value for name, value in document.items() if name in fields or name in always}


def category_names(category_ids: Collection[UUID]) -> list[Document]:
    """Id, slug and name of categories, by name."""
    rows = Category.objects.filter(id__in=category_ids).order_by("name", "id").values("id", "slug", "name")
    return [dict(row) for row in rows]
