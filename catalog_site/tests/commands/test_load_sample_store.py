"""The sample store: something to look at, the same on every machine."""

import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from catalog_site.domain.models import Attribute, Category, Product, Variant
from catalog_site.sample_store import loading
from catalog_site.sample_store.drafts import offers, variant_id
from catalog_site.sample_store.goods import GOODS
from catalog_site.sample_store.pictures import drawn
from catalog_site.sample_store.shelves import SHELVES
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1


def test_sixty_goods_on_eight_shelves_in_three_currencies() -> None:
    made = list(offers())

    variants = [variant for offer in made for variant in offer.draft.variants]
    assert (len(made), len(SHELVES)) == (60, 8)
    assert {goods.shelf for goods in GOODS} == {shelf.slug for shelf in SHELVES}
    assert {price.currency for variant in variants for price in variant.prices} == {"EUR", "USD", "GBP"}
    assert len({variant.sku for variant in variants}) == len({variant.barcode for variant in variants}) == len(variants)
    assert [offer.draft.status for offer in made].count("draft") == 3


def test_ids_are_the_same_on_every_machine() -> None:
    assert str(variant_id("KET-STOVE-SLATE")) == "123879d9-9245-5e68-99d5-83bb5c14511f"
    assert [offer.draft for offer in offers()] == [offer.draft for offer in offers()]


def test_pictures_differ_and_are_drawn_alike_each_time() -> None:
    some = GOODS[::12]

    pictures = [drawn(goods) for goods in some]

    assert len(set(pictures)) == len(some)
    assert drawn(some[0]) == pictures[0]
    assert Image.open(BytesIO(pictures[0])).size == (800, 800)


@pytest.fixture
def small_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command with three of the goods: each picture takes a while to draw."""
    few = list(offers())[-4:-1]
    monkeypatch.setattr(loading, "offers", lambda: iter(few))


def loaded(*options: str) -> Any:
    """What the command says it did."""
    out = StringIO()
    call_command("load_sample_store", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_it_is_loaded_once_and_what_somebody_changed_stays(told: Told, small_store: None) -> None:
    assert loaded("--dry-run") == {"products": 3, "dry_run": True}
    assert not Product.objects.exists()

    assert loaded() == {"products": 3, "dry_run": False}
    Product.objects.filter(status="draft").update(name="Mine")
    said = told()
    assert loaded() == {"products": 0, "dry_run": False}

    assert (Category.objects.count(), Attribute.objects.count()) == (8, 4)
    assert Product.objects.filter(name="Mine").count() == 2
    assert not Product.objects.filter(picture="").exists()
    assert not Variant.objects.filter(prices=None).exists()
    assert [type(event) for event in said] == [v1.ProductCreated, v1.ProductUpdated] * 3
    assert told() == said


@pytest.mark.django_db
def test_it_goes_on_where_it_was_cut_off(small_store: None) -> None:
    loading.lay_shelves()
    next(loading.load(loading.missing_offers()))

    assert loaded() == {"products": 2, "dry_run": False}
    assert Product.objects.count() == 3
