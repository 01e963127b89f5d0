"""The words of the search are made anew."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from catalog_site.domain.models import ListPrice, Product, SearchEntry
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told

pytestmark = pytest.mark.django_db


def reindexed(*arguments: Any) -> Any:
    """What the command says it did."""
    out = StringIO()
    call_command("reindex_search", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_lost_words_and_list_prices_come_back_and_nothing_is_told(told: Told) -> None:
    for name in ("Bowl", "Cup"):
        make.product(name)
    said = told()
    SearchEntry.objects.filter(product__name="Bowl").delete()
    ListPrice.objects.all().delete()

    assert reindexed() == {"products": 2, "changed": 1}
    assert reindexed() == {"products": 2, "changed": 0}

    assert ListPrice.objects.count() == 2
    assert set(Product.objects.values_list("revision", flat=True)) == {1}
    assert told() == said


def test_it_goes_on_where_it_was_cut_off() -> None:
    ids = sorted(make.product(name).id for name in ("Bowl", "Cup", "Jug"))

    assert reindexed("--after", str(ids[0]))["products"] == 2
