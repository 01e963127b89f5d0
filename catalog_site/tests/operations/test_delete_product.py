"""A product goes for ever."""

from uuid import uuid4

import pytest

from catalog_site.domain import clock, errors
from catalog_site.domain.models import Price, Product, SearchEntry, Variant, VariantStock
from catalog_site.domain.operations.delete_product import delete_product
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


def test_a_product_goes_with_everything_below_it_but_inventorys_word_stays(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = make.product()
    variant = make.variant_of(product)
    make.stock(variant.id, available=4)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)

    delete_product(product_id=product.id)

    rows = (Product, Variant, Price, SearchEntry)
    assert [model.objects.count() for model in rows] == [0, 0, 0, 0]
    assert VariantStock.objects.get().available == 4
    assert told()[-1] == v1.ProductDeleted(product_id=product.id, variant_ids=(variant.id,), deleted_at=now)
    assert v1.ProductOutOfStock not in {type(event) for event in told()}


def test_what_customers_see_is_archived_first(told: Told) -> None:
    product = make.active_product()
    said = told()

    with pytest.raises(errors.ProductIsActive):
        delete_product(product_id=product.id)

    assert Product.objects.filter(id=product.id).exists()
    assert told() == said


def test_who_looked_too_long_ago_deletes_nothing() -> None:
    product = make.product()

    with pytest.raises(errors.RevisionMoved):
        delete_product(product_id=product.id, expected_revision=7)

    assert Product.objects.exists()


def test_nobody_can_delete_what_is_not_there() -> None:
    with pytest.raises(errors.ProductNotFound):
        delete_product(product_id=uuid4())
