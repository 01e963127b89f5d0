"""A product gets one more variant."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from catalog_site.domain.drafts import VariantDraft
from catalog_site.domain.editing import editing
from catalog_site.domain.models import Variant
from catalog_site.domain.variant_rows import insert_variants


@transaction.atomic
def add_variant(*, product_id: UUID, draft: VariantDraft, expected_revision: int | None = None) -> Variant:
    """Add a variant behind the others.

    Not safe to repeat (`SkuTaken`). Raises `ProductNotFound`, `RevisionMoved`, `SkuTaken`, `BarcodeTaken`,
    `Unacceptable` and the refusals of `check_product`. Emits ProductUpdated.
    """
    with editing([product_id], expected_revision=expected_revision):
        last = Variant.objects.filter(product=product_id).aggregate(last=Max("position"))["last"]
        [variant] = insert_variants(product_id, [(0 if last is None else last + 1, draft)])
    return variant
