"""A variant goes for ever."""

from uuid import UUID

from django.db import transaction

from catalog_site.domain.editing import editing
from catalog_site.domain.queries import find_variant


@transaction.atomic
def delete_variant(*, variant_id: UUID, expected_revision: int | None = None) -> None:
    """Remove a variant with its prices. `expected_revision` is the product's.

    Raises `VariantNotFound` (also the second time), `RevisionMoved`, and `NotPublishable` for the last active
    variant of an active product. Emits ProductUpdated, and ProductOutOfStock if it held the last stock.
    """
    product_id = find_variant(variant_id).product_id
    with editing([product_id], expected_revision=expected_revision):
        find_variant(variant_id).delete()
