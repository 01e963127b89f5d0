"""A product is born."""

from uuid import UUID

from django.db import transaction

from catalog_site.domain import clock
from catalog_site.domain.constraints import refusing
from catalog_site.domain.drafts import ProductDraft
from catalog_site.domain.editing import settle
from catalog_site.domain.errors import SlugTaken
from catalog_site.domain.identifiers import checked_slug, free_slug
from catalog_site.domain.models import Product, Status
from catalog_site.domain.placements import write_placements
from catalog_site.domain.variant_rows import insert_variants

TRIES = 5


@transaction.atomic
def create_product(*, draft: ProductDraft) -> Product:
    """Make a product with its variants, prices and categories; active at once if it meets the rules.

    Not safe to repeat (a given slug or SKU refuses the second time): callers bring an idempotency key.
    Raises `SlugTaken`, `SkuTaken`, `BarcodeTaken`, `Unacceptable` and the refusals of `check_product`.
    Emits ProductCreated, and ProductBackInStock if inventory already spoke of a variant.
    """
    product = _inserted(draft)
    with refusing():
        write_placements(product.id, draft.category_ids)
        insert_variants(product.id, list(enumerate(draft.variants)))
    product.status = draft.status
    settle({product.id: product}, {})
    return product


def _inserted(draft: ProductDraft) -> Product:
    """The row as a draft. Somebody may take a slug that was free a moment ago: then another one is drawn."""
    for _ in range(TRIES):
        product = _blank(draft)
        try:
            with refusing():
                product.save(force_insert=True)
        except SlugTaken:
            if draft.slug:
                raise
        else:
            return product
    raise SlugTaken("Every slug drawn for the product was taken at once.")


def _blank(draft: ProductDraft) -> Product:
    now = clock.now()
    product_id: UUID = draft.product_id or clock.new_id()
    return Product(
        id=product_id,
        name=draft.name,
        slug=checked_slug(draft.slug) if draft.slug else free_slug(draft.name),
        description=draft.description,
        brand=draft.brand,
        status=Status.DRAFT,
        revision=0,
        created_at=now,
        updated_at=now,
    )
