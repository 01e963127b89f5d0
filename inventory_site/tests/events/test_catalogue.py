"""What the catalogue tells becomes the local copy."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from inventory_site.domain.models import Product, Variant
from inventory_site.domain.operations.copy_products import ProductCopy, VariantCopy, copy_products
from inventory_site.domain.operations.forget_products import forget_products
from inventory_site.tests.factories import numbers, receive, stocked
from shared_contracts.events.catalog.v1 import ProductCreated, ProductDeleted, ProductUpdated
from shared_contracts.events.catalog.v1 import Variant as ToldVariant

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 1, tzinfo=UTC)
PRODUCT, RED, BLUE = uuid4(), uuid4(), uuid4()


def told(kind: Any, *variants: UUID, name: str = "Mug", status: str = "active") -> Any:
    """A product's event with these variants."""
    return kind(
        product_id=PRODUCT,
        name=name,
        slug="mug",
        status=status,
        variants=tuple(ToldVariant(variant_id=id_, sku=f"MUG-{str(id_)[:4]}") for id_ in variants),
        changed_at=AT,
    )


def copies() -> list[tuple[UUID, str, bool]]:
    return list(Variant.objects.order_by("variant_id").values_list("variant_id", "name", "removed"))


def test_a_product_is_copied_with_the_version_of_its_stream(hear: Callable[..., None], news: Callable[[], Any]) -> None:
    hear(told(ProductCreated, RED), told(ProductUpdated, RED, BLUE, name="Big mug", status="archived"))

    product = Product.objects.get()
    assert (product.product_id, product.name, product.status, product.version) == (PRODUCT, "Big mug", "archived", 2)
    assert copies() == sorted([(RED, "Big mug", False), (BLUE, "Big mug", False)])
    assert news() == []


def test_a_variant_no_longer_told_of_is_removed_and_keeps_its_stock(hear: Callable[..., None]) -> None:
    hear(told(ProductCreated, RED, BLUE))
    stocked(1)
    receive(BLUE, 3)

    hear(told(ProductUpdated, RED))

    assert copies() == sorted([(RED, "Mug", False), (BLUE, "Mug", True), *others()])
    assert numbers(BLUE) == (3, 0, 0, 0, 3)


def others() -> list[tuple[UUID, str, bool]]:
    return [row for row in copies() if row[0] not in {RED, BLUE}]


def test_a_removed_variant_may_come_back(hear: Callable[..., None]) -> None:
    hear(told(ProductCreated, RED), told(ProductUpdated), told(ProductUpdated, RED))

    assert copies() == [(RED, "Mug", False)]


def test_a_deleted_product_takes_its_variants_with_it(hear: Callable[..., None]) -> None:
    hear(told(ProductCreated, RED), ProductDeleted(product_id=PRODUCT, variant_ids=(RED,), deleted_at=AT))

    assert Product.objects.get().deleted is True
    assert Product.objects.get().version == 2
    assert copies() == [(RED, "Mug", True)]


def test_an_older_word_changes_nothing() -> None:
    variant = VariantCopy(RED, "MUG", "", "", True)
    copy_products(products=[ProductCopy(PRODUCT, 3, "new", "active", (variant,))])

    copy_products(products=[ProductCopy(PRODUCT, 2, "old", "active", ())])
    forget_products(versions={PRODUCT: 1})

    product = Product.objects.get()
    assert (product.name, product.version, product.deleted) == ("new", 3, False)
    assert copies() == [(RED, "new", False)]


def test_the_newest_word_of_a_batch_counts() -> None:
    variant = VariantCopy(RED, "MUG", "", "", True)

    copy_products(
        products=[
            ProductCopy(PRODUCT, 2, "second", "active", (variant,)),
            ProductCopy(PRODUCT, 1, "first", "active", ()),
        ]
    )

    assert Product.objects.get().name == "second"


def test_goods_that_came_before_the_catalogue_get_their_name_from_it(hear: Callable[..., None]) -> None:
    Variant.objects.create(variant_id=RED)

    hear(told(ProductCreated, RED))

    known = Variant.objects.get()
    assert (known.product_id, known.name, known.removed) == (PRODUCT, "Mug", False)
