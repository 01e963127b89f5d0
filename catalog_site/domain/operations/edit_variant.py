"""A variant changes."""

from uuid import UUID

from django.db import transaction

from catalog_site.domain.drafts import VariantChanges
from catalog_site.domain.editing import editing
from catalog_site.domain.models import Variant
from catalog_site.domain.queries import find_variant
from catalog_site.domain.variant_rows import change_variants


@transaction.atomic
def edit_variant(*, variant_id: UUID, changes: VariantChanges, expected_revision: int | None = None) -> Variant:
    """Change what is named in `changes`; `options` and `prices` are complete lists.

    `expected_revision` is the product's. Safe to repeat. Raises `VariantNotFound`, `RevisionMoved`, `SkuTaken`,
    `BarcodeTaken`, `Unacceptable` and the refusals of `check_product`. Emits ProductUpdated unless only prices
    changed, PriceChanged per price, ProductOutOfStock or ProductBackInStock.
    """
    product_id = find_variant(variant_id).product_id
    with editing([product_id], expected_revision=expected_revision):
        variant = find_variant(variant_id)  # again: it may have gone before the product was ours
        change_variants([(variant, changes)])
    return variant
