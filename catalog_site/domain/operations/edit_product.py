"""A product changes."""

from uuid import UUID

from django.db import transaction

from catalog_site.domain.drafts import ProductChanges
from catalog_site.domain.editing import editing
from catalog_site.domain.identifiers import checked_slug
from catalog_site.domain.models import Product
from catalog_site.domain.placements import write_placements
from catalog_site.domain.variant_rows import write_variants

PLAIN_FIELDS = ("name", "description", "brand", "status", "picture_alt")


@transaction.atomic
def edit_product(*, product_id: UUID, changes: ProductChanges, expected_revision: int | None = None) -> Product:
    """Change what is named in `changes`; `variants` and `category_ids` are complete lists.

    With `expected_revision` only if nobody changed the product since. Safe to repeat: the second time nothing is
    different and nothing is told. Raises `ProductNotFound`, `RevisionMoved`, `SlugTaken`, `SkuTaken`,
    `BarcodeTaken`, `Unacceptable` and the refusals of `check_product`. Emits ProductUpdated, PriceChanged per
    price, ProductOutOfStock or ProductBackInStock.
    """
    with editing([product_id], expected_revision=expected_revision) as rows:
        product = rows[product_id]
        for field in PLAIN_FIELDS:
            if field in changes:
                setattr(product, field, changes[field])  # type: ignore[literal-required]  # one of PLAIN_FIELDS
        if "slug" in changes and changes["slug"] != product.slug:
            product.slug = checked_slug(changes["slug"])
        if "category_ids" in changes:
            write_placements(product_id, changes["category_ids"])
        if "variants" in changes:
            write_variants(product_id, changes["variants"])
    return product
