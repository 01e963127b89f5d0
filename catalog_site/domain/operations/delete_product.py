"""A product goes for ever."""

from uuid import UUID

import structlog
from django.db import transaction

from catalog_site.domain import clock, facts
from catalog_site.domain.errors import ProductIsActive, ProductNotFound, RevisionMoved
from catalog_site.domain.models import Product
from catalog_site.domain.picture_files import remove_after_commit
from catalog_site.domain.queries import product_states
from site_kit.messaging.locks import lock_rows

log = structlog.get_logger(__name__)


@transaction.atomic
def delete_product(*, product_id: UUID, expected_revision: int | None = None) -> None:
    """Remove a draft or archived product with its variants, prices and picture. The event log keeps its history.

    What customers can see is archived first, so that nobody loses a page by one wrong click. Inventory's word on
    stock stays: it is not the catalog's. Raises `ProductNotFound` (also the second time), `RevisionMoved`,
    `ProductIsActive`. Emits ProductDeleted.
    """
    found = lock_rows({Product: [product_id]})[Product]
    if not found:
        raise ProductNotFound("There is no such product.", product_id=str(product_id))
    product: Product = found[0]
    if expected_revision not in {None, product.revision}:
        raise RevisionMoved("Somebody changed this product meanwhile.", expected_revision=expected_revision)
    if product.is_public:
        raise ProductIsActive("Archive the product before you delete it.", product_id=str(product_id))
    state = product_states([product])[product_id]
    product.delete()
    remove_after_commit(product.picture)
    facts.tell_deletion(state, at=clock.now())
    log.info("product_deleted", product_id=str(product_id))
