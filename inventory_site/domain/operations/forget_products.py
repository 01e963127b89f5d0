"""The catalogue deleted products."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from inventory_site.domain import queries
from inventory_site.domain.models import Product, Variant
from site_kit.messaging.locks import lock_rows


@transaction.atomic
def forget_products(*, versions: Mapping[UUID, int]) -> None:
    """Mark products as deleted, given the version of the event that said so, and their variants as removed.

    Their stock stays: goods do not vanish with a page. Safe to repeat; an older word changes nothing. A product
    that was never heard of is remembered as deleted.
    """
    locked = lock_rows({Product: versions, Variant: queries.variants_of_products(versions)})
    known: dict[UUID, Product] = {product.product_id: product for product in locked[Product]}
    fresh = [id_ for id_, version in versions.items() if id_ not in known or known[id_].version < version]
    Product.objects.bulk_create(
        [Product(product_id=id_, version=versions[id_], deleted=True) for id_ in sorted(fresh)],
        update_conflicts=True,
        unique_fields=["product_id"],
        update_fields=["version", "deleted"],
    )
    Variant.objects.filter(product__in=fresh).update(removed=True)
