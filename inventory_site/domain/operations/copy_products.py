"""The catalogue said what a product looks like now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from inventory_site.domain import queries
from inventory_site.domain.models import Product, Variant
from site_kit.messaging.locks import lock_rows

VARIANT_LABELS = ("product", "sku", "name", "barcode", "active", "removed")


@dataclass(frozen=True, slots=True)
class VariantCopy:
    """A variant as the catalogue told it."""

    variant_id: UUID
    sku: str
    name: str
    barcode: str
    active: bool


@dataclass(frozen=True, slots=True)
class ProductCopy:
    """A product as the catalogue told it; `version` is the one of its stream."""

    product_id: UUID
    version: int
    name: str
    status: str
    variants: tuple[VariantCopy, ...]


@transaction.atomic
def copy_products(*, products: Sequence[ProductCopy]) -> None:
    """Take over products with all their variants, the newest word of each; an older one changes nothing.

    A variant that is no longer told of, and every variant of a deleted product, is marked as removed: its goods
    stay on the shelf, nothing new is promised. Safe to repeat. Emits nothing: labels are not stock.
    """
    newest = {copy.product_id: copy for copy in sorted(products, key=lambda copy: copy.version)}
    told = {variant.variant_id for copy in newest.values() for variant in copy.variants}
    locked = lock_rows({Product: newest, Variant: told | queries.variants_of_products(newest)})
    versions = {product.product_id: product.version for product in locked[Product]}
    fresh = [copy for copy in newest.values() if copy.version > versions.get(copy.product_id, 0)]
    _write_products(fresh)
    _write_variants(fresh)


def _write_products(copies: Sequence[ProductCopy]) -> None:
    Product.objects.bulk_create(
        [
            Product(
                product_id=copy.product_id,
                name=copy.name,
                status=copy.status,
                version=copy.version,
                deleted=False,
            )
            for copy in sorted(copies, key=lambda copy: copy.product_id)
        ],
        update_conflicts=True,
        unique_fields=["product_id"],
        update_fields=["name", "status", "version", "deleted"],
    )


def _write_variants(copies: Sequence[ProductCopy]) -> None:
    variants = {variant.variant_id: _variant(copy, variant) for copy in copies for variant in copy.variants}
    owners = [copy.product_id for copy in copies]
    Variant.objects.filter(product__in=owners).exclude(variant_id__in=variants).update(removed=True)
    Variant.objects.bulk_create(
        [variants[id_] for id_ in sorted(variants)],
        update_conflicts=True,
        unique_fields=["variant_id"],
        update_fields=VARIANT_LABELS,
    )


def _variant(copy: ProductCopy, variant: VariantCopy) -> Variant:
    return Variant(
        variant_id=variant.variant_id,
        product_id=copy.product_id,
        sku=variant.sku,
        name=variant.name or copy.name,
        barcode=variant.barcode,
        active=variant.active,
        removed=False,
    )
