"""Inventory said how much there is."""

from typing import Any
from uuid import uuid4

import pytest

from catalog_site.domain import clock
from catalog_site.domain.models import Product, Variant, VariantStock
from catalog_site.domain.operations.apply_stock import StockLevel, apply_stock
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl(colours: None) -> Product:
    """An active product in red and blue."""
    return make.active_product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue")),
        )
    )


def level(sku: str, available: int, version: int) -> Any:
    """What inventory said about a SKU."""
    return StockLevel(Variant.objects.get(sku=sku).id, available, version, clock.now())


def available(sku: str) -> Any:
    """What the catalog believes."""
    return VariantStock.objects.get(variant__sku=sku).available


def test_the_first_stock_brings_the_product_and_the_last_takes_it_away(told: Told, bowl: Product) -> None:
    red = Variant.objects.get(sku="RED")

    apply_stock(levels=[level("RED", 3, 1), level("BLUE", 0, 1)])
    assert Product.objects.get().in_stock is True
    apply_stock(levels=[level("RED", 1, 2)])
    apply_stock(levels=[level("RED", 0, 3)])

    assert Product.objects.get().in_stock is False
    assert [(type(event), event.variant_id, event.sku) for event in told()[1:]] == [
        (v1.ProductBackInStock, red.id, "RED"),
        (v1.ProductOutOfStock, red.id, "RED"),
    ]
    assert Product.objects.get().revision == 1


def test_one_variant_to_be_had_is_enough(told: Told, bowl: Product) -> None:
    apply_stock(levels=[level("RED", 3, 1), level("BLUE", 5, 1)])

    apply_stock(levels=[level("RED", 0, 2)])

    assert Product.objects.get().in_stock is True
    assert [type(event) for event in told()[1:]] == [v1.ProductBackInStock]


def test_an_older_word_never_overwrites_a_newer_one(told: Told, bowl: Product) -> None:
    late = level("RED", 0, 4)
    apply_stock(levels=[level("RED", 9, 5)])
    said = told()

    apply_stock(levels=[late])
    apply_stock(levels=[level("RED", 7, 5)])

    assert available("RED") == 9
    assert told() == said


def test_of_several_words_in_one_batch_the_newest_counts_whatever_the_order(told: Told, bowl: Product) -> None:
    apply_stock(levels=[level("RED", 2, 3), level("RED", 8, 4), level("RED", 0, 2)])

    assert available("RED") == 8
    assert [type(event) for event in told()[1:]] == [v1.ProductBackInStock]


def test_both_variants_run_out_in_one_batch_and_it_is_said_once(told: Told, bowl: Product) -> None:
    apply_stock(levels=[level("RED", 1, 1), level("BLUE", 1, 1)])

    apply_stock(levels=[level("RED", 0, 2), level("BLUE", -2, 2)])

    assert available("BLUE") == -2
    assert [type(event) for event in told()[1:]] == [v1.ProductBackInStock, v1.ProductOutOfStock]


def test_stock_of_a_variant_off_sale_does_not_count(told: Told) -> None:
    product = make.product(variants=(make.variant_draft("OFF", active=False),))

    apply_stock(levels=[level("OFF", 5, 1)])

    assert Product.objects.get(id=product.id).in_stock is False
    assert [type(event) for event in told()] == [v1.ProductCreated]


def test_stock_of_an_unknown_variant_is_noted_and_nothing_said(told: Told) -> None:
    stranger = uuid4()

    apply_stock(levels=[StockLevel(stranger, 5, 1, clock.now())])

    assert VariantStock.objects.get(variant_id=stranger).available == 5
    assert told() == []


def test_hundreds_of_levels_cost_as_many_statements_as_one(bowl: Product, django_assert_max_num_queries: Any) -> None:
    levels = [level("RED", 3, 1), level("BLUE", 4, 1)]
    levels += [StockLevel(uuid4(), number, 1, clock.now()) for number in range(300)]

    with django_assert_max_num_queries(16):
        apply_stock(levels=levels)

    assert VariantStock.objects.count() == 302
