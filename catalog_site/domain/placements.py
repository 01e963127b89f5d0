"""Which shelves a product stands on."""

from collections.abc import Collection
from uuid import UUID

from catalog_site.domain.errors import UnknownCategory
from catalog_site.domain.models import Category, ProductCategory


def write_placements(product_id: UUID, category_ids: Collection[UUID]) -> None:
    """Make the product stand in exactly these categories; it is locked by the caller. Raises `UnknownCategory`."""
    wanted = set(category_ids)
    stored = set(ProductCategory.objects.filter(product=product_id).values_list("category_id", flat=True))
    new = wanted - stored
    known = set(Category.objects.filter(id__in=new).values_list("id", flat=True)) if new else set()
    if unknown := sorted(new - known):
        raise UnknownCategory("There is no such category.", category_id=str(unknown[0]))
    if stored - wanted:
        ProductCategory.objects.filter(product=product_id, category__in=stored - wanted).delete()
    ProductCategory.objects.bulk_create(ProductCategory(product_id=product_id, category_id=id_) for id_ in sorted(new))
