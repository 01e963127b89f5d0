"""Products are published, archived, or taken back to draft."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from catalog_site.domain.editing import editing
from catalog_site.domain.models import Product, Status


@transaction.atomic
def change_status(*, product_ids: Collection[UUID], status: Status) -> list[Product]:
    """Give all products one status, or none of them. Safe to repeat.

    Raises `ProductNotFound`, and `NotPublishable` for the first that may not become active.
    Emits ProductUpdated per product that had another status.
    """
    with editing(product_ids) as rows:
        for product in rows.values():
            product.status = status
    return [rows[id_] for id_ in product_ids]
