"""Two at once, in transactions that really commit: one rule wins, nothing is lost, nobody sees a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from catalog_site.domain import clock, errors
from catalog_site.domain.drafts import ProductDraft
from catalog_site.domain.models import Category, Price, Product, Variant
from catalog_site.domain.operations.apply_stock import StockLevel, apply_stock
from catalog_site.domain.operations.arrange_categories import edit_category
from catalog_site.domain.operations.create_product import create_product
from catalog_site.domain.operations.delete_product import delete_product
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.domain.operations.set_prices import PriceWish, set_prices
from catalog_site.domain.queries import shelf_ids
from catalog_site.tests import factories as make
from shared_contracts.events.catalog import v1
from site_kit.messaging.models import LoggedEvent

pytestmark = pytest.mark.usefixtures("committed_database")


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned or raised; all begin together, each on a connection of its own."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return call()
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def said(kind: type[Any]) -> int:
    """How often this was told."""
    return LoggedEvent.objects.filter(type=kind.TYPE).count()


def test_one_sku_goes_to_one_of_two() -> None:
    def create(name: str) -> Product:
        return create_product(draft=ProductDraft(name=name, variants=(make.variant_draft("WANTED"),)))

    answers = at_once(lambda: create("Mine"), lambda: create("Yours"))

    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [errors.SkuTaken]
    assert Variant.objects.count() == Product.objects.count() == said(v1.ProductCreated) == 1


def test_products_of_one_name_all_get_an_address() -> None:
    answers = at_once(*[lambda: make.product("Teapot")] * 4)

    assert {answer.slug for answer in answers} == {"teapot", "teapot-2", "teapot-3", "teapot-4"}


def test_of_two_who_saw_the_same_revision_one_is_told_so() -> None:
    product = make.product("Bowl")

    answers = at_once(
        *[
            lambda name=name: edit_product(product_id=product.id, changes={"name": name}, expected_revision=1)
            for name in ("Basin", "Cup")
        ]
    )

    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [errors.RevisionMoved]
    assert Product.objects.get().revision == 2
    assert said(v1.ProductUpdated) == 1


def test_prices_of_one_product_change_side_by_side_and_none_is_lost() -> None:
    variant = make.variant_of(make.product())
    currencies = ("USD", "GBP", "CHF", "SEK")

    answers = at_once(
        *[
            lambda currency=currency: set_prices(wishes=[PriceWish(variant.id, currency, Decimal(5))])
            for currency in currencies
        ]
    )

    assert answers == [None] * 4
    assert set(Price.objects.values_list("currency", flat=True)) == {"EUR", *currencies}
    assert Product.objects.get().revision == 5
    events = LoggedEvent.objects.filter(published=True).order_by("id").values_list("version", flat=True)
    assert list(events) == [1, 2, 3, 4, 5]


def test_the_last_two_variants_run_out_in_two_partitions_and_it_is_said_once() -> None:
    make.axis("colour", "Colour", {"red": "Red", "blue": "Blue"})
    make.active_product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue")),
        )
    )
    ids = list(Variant.objects.order_by("sku").values_list("id", flat=True))
    apply_stock(levels=[StockLevel(id_, 1, 1, clock.now()) for id_ in ids])

    at_once(*[lambda id_=id_: apply_stock(levels=[StockLevel(id_, 0, 2, clock.now())]) for id_ in ids])

    assert Product.objects.get().in_stock is False
    assert said(v1.ProductOutOfStock) == 1


def test_stock_and_staff_meet_on_one_product_without_a_deadlock() -> None:
    product = make.active_product("Bowl")
    variant = make.variant_of(product)

    def stock() -> None:
        for version in range(1, 16):
            apply_stock(levels=[StockLevel(variant.id, version % 2, version, clock.now())])

    def staff() -> None:
        for number in range(15):
            edit_product(product_id=product.id, changes={"name": f"Bowl {number}"})

    assert at_once(stock, staff) == [None, None]
    assert (said(v1.ProductUpdated), said(v1.ProductBackInStock), said(v1.ProductOutOfStock)) == (15, 8, 7)


def test_a_product_is_deleted_or_published_but_not_both() -> None:
    product = make.product("Bowl")

    answers = at_once(
        lambda: delete_product(product_id=product.id),
        lambda: edit_product(product_id=product.id, changes={"status": "active"}),
    )

    [refusal] = [answer for answer in answers if isinstance(answer, Exception)]
    assert type(refusal) in {errors.ProductIsActive, errors.ProductNotFound}
    assert Product.objects.count() == said(v1.ProductUpdated) == 1 - said(v1.ProductDeleted)


def test_two_moves_make_no_ring() -> None:
    home, garden = make.category("home"), make.category("garden")

    answers = at_once(
        lambda: edit_category(category_id=home.id, changes={"parent_id": garden.id}),
        lambda: edit_category(category_id=garden.id, changes={"parent_id": home.id}),
    )

    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [errors.CategoryCycle]
    [root] = Category.objects.filter(parent=None)
    assert len(shelf_ids(root)) == 2
