"""Products are published, archived, or taken back to draft."""

import pytest

from catalog_site.domain import errors
from catalog_site.domain.models import Product, Status
from catalog_site.domain.operations.change_status import change_status
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


def test_products_go_live_together_and_each_is_told(told: Told) -> None:
    bowl, cup = make.product("Bowl"), make.active_product("Cup")
    ids = [bowl.id, cup.id]

    changed = change_status(product_ids=ids, status=Status.ACTIVE)

    assert [(product.status, product.revision) for product in changed] == [("active", 2), ("active", 1)]
    assert [(type(event), event.aggregate_id, event.status) for event in told()[2:]] == [
        (v1.ProductUpdated, str(bowl.id), "active")
    ]
    assert Product.objects.get(id=bowl.id).published_at == changed[0].updated_at


def test_one_that_may_not_go_live_keeps_all_back(told: Told) -> None:
    good, bad = make.product("Good"), make.product("Bad", variants=())
    said = told()

    with pytest.raises(errors.NotPublishable, match="needs an active variant"):
        change_status(product_ids=[good.id, bad.id], status=Status.ACTIVE)

    assert set(Product.objects.values_list("status", flat=True)) == {"draft"}
    assert told() == said


def test_an_archived_product_remembers_when_it_was_first_live() -> None:
    product = make.active_product()

    [archived] = change_status(product_ids=[product.id], status=Status.ARCHIVED)
    [again] = change_status(product_ids=[product.id], status=Status.ACTIVE)

    assert archived.status == "archived"
    assert again.published_at == product.published_at
