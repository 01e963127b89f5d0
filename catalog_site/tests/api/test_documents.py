"""What is shown has the shape that is published: documents are plain data, serializers only describe them."""

from typing import Any

import pytest
from rest_framework import serializers

from catalog_site.api.v1.documents import attribute_document, category_document
from catalog_site.api.v1.serializers.products import ProductCard, ProductDetail
from catalog_site.api.v1.serializers.shelves import AttributeResponse, CategoryResponse
from catalog_site.domain.models import Attribute, Category
from catalog_site.domain.operations.put_picture import put_picture
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Api

pytestmark = pytest.mark.django_db


def check_shape(document: Any, field: Any, path: str = "") -> None:
    """Fail where a document has a field too many or too few, at any depth."""
    if isinstance(field, serializers.ListSerializer):
        assert document, f"{path}: an empty list shows nothing"
        for item in document:
            check_shape(item, field.child, f"{path}[]")
    elif isinstance(field, serializers.Serializer):
        declared = field._declared_fields
        assert set(document) == set(declared), path
        for name, inner in declared.items():
            check_shape(document[name], inner, f"{path}.{name}")


@pytest.fixture
def full(colours: None) -> Any:
    """A product that has everything."""
    shelf = make.category("bowls")
    product = make.active_product(
        "Bowl", category_ids=(shelf.id,), variants=(make.variant_draft(options=make.options(colour="red")),)
    )
    make.stock(make.variant_of(product).id, available=2)
    put_picture(product_id=product.id, data=make.picture())
    return shelf


def test_a_product_in_a_list(api: Api, full: Category) -> None:
    [item] = api.get("/api/v1/products?expand=variants").json()["items"]

    check_shape(item, ProductCard())


def test_a_product_in_full(api: Api, full: Category) -> None:
    check_shape(api.get("/api/v1/products/bowl?expand=categories").json(), ProductDetail())


def test_shelves(full: Category) -> None:
    colour = Attribute.objects.get(code="colour")

    check_shape(category_document(full), CategoryResponse())
    check_shape(attribute_document(colour, colour.options.all()), AttributeResponse())
