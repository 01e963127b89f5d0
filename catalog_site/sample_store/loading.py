"""Bring the sample store into the catalogue, through the same operations that staff and clients use."""

from collections.abc import Iterator

from catalog_site.domain.models import Attribute, AttributeOption, Category, Product
from catalog_site.domain.operations.arrange_attributes import create_attribute, put_option
from catalog_site.domain.operations.arrange_categories import create_category
from catalog_site.domain.operations.create_product import create_product
from catalog_site.domain.operations.put_picture import put_picture
from catalog_site.sample_store.drafts import Offer, category_id, offers
from catalog_site.sample_store.pictures import drawn
from catalog_site.sample_store.shelves import AXES, SHELVES


def lay_shelves() -> None:
    """Make the categories and axes that are not there yet; those that are stay as they are."""
    for place, shelf in enumerate(SHELVES):
        if not Category.objects.filter(slug=shelf.slug).exists():
            parent = Category.objects.get(slug=shelf.parent).id if shelf.parent else None
            create_category(
                name=shelf.name, slug=shelf.slug, parent_id=parent, position=place, category_id=category_id(shelf.slug)
            )
    for place, axis in enumerate(AXES):
        if not Attribute.objects.filter(code=axis.code).exists():
            create_attribute(code=axis.code, name=axis.name, position=place)
        known = set(AttributeOption.objects.filter(attribute__code=axis.code).values_list("code", flat=True))
        for position, (code, name) in enumerate(axis.options.items()):
            if code not in known:
                put_option(attribute_code=axis.code, code=code, name=name, position=position)


def missing_offers() -> list[Offer]:
    """The products that are not in the catalogue; what somebody changed or deleted a variant of counts as there."""
    known = set(Product.objects.values_list("id", flat=True))
    return [offer for offer in offers() if offer.draft.product_id not in known]


def load(missing: list[Offer]) -> Iterator[Product]:
    """Make these products, each in a transaction of its own, with its picture; yields each when it is there.

    Emits what `create_product` and `put_picture` emit.
    """
    for offer in missing:
        product = create_product(draft=offer.draft)
        put_picture(product_id=product.id, data=drawn(offer.goods), alt=f"A drawing of {offer.goods.name.lower()}")
        yield product
