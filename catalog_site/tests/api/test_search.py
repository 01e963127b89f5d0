"""Full-text search over HTTP."""

from typing import Any

import pytest

from catalog_site.domain.models import SearchEntry
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.domain.operations.reindex_search import reindex_search
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Api, QueryLog

SEARCH = "/api/v1/products/search"


@pytest.fixture
def shop(colours: None) -> None:
    """A few products to be found."""
    make.active_product(
        "Walnut Bowl", brand="Holt", description="For salad and fruit.", variants=(make.variant_draft("WB-100"),)
    )
    make.active_product("Salad Servers", brand="Holt", variants=(make.variant_draft("SS-7", barcode="4006381333931"),))
    make.active_product("Café Table", brand="Löwe", variants=(make.variant_draft("CT/1"),))
    make.active_product("Running Shoes", variants=(make.variant_draft("RS", options=make.options(colour="red")),))
    make.product("Secret Bowl")


def found(api: Api, query: str) -> Any:
    """Slugs of the first page."""
    response = api.get(f"{SEARCH}?{query}")
    assert response.status_code == 200, response.content
    return [item["slug"] for item in response.json()["items"]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("q=bowl", ["walnut-bowl"]),
        ("q=BOWLS", ["walnut-bowl"]),
        ("q=holt", ["salad-servers", "walnut-bowl"]),
        ("q=salad", ["salad-servers", "walnut-bowl"]),  # a name weighs more than a description
        ("q=wal", ["walnut-bowl"]),  # a word begun
        ("q=walnut bo", ["walnut-bowl"]),
        ("q=cafe", ["cafe-table"]),
        ("q=café lowe", ["cafe-table"]),
        ("q=shoe", ["running-shoes"]),
        ("q=red shoes", ["running-shoes"]),
        ("q=salad -servers", ["walnut-bowl"]),
        ('q="fruit salad"', []),
        ("q=wb-100", ["walnut-bowl"]),
        ("q=ct/1", ["cafe-table"]),
        ("q=4006381333931", ["salad-servers"]),
        ("q=wallnut bowel", ["walnut-bowl"]),  # nothing matches: spelled alike
        ("q=xyzzy", []),
        ("q=!!!", []),
        ("q=' OR 1=1 --", []),
        ("q=salad&brand=none", []),
    ],
)
def test_what_people_type_is_found(api: Api, shop: None, query: str, slugs: list[str]) -> None:
    assert sorted(found(api, query)) == sorted(slugs)


def test_names_come_before_descriptions(api: Api, shop: None) -> None:
    assert found(api, "q=salad") == ["salad-servers", "walnut-bowl"]


def test_an_exact_sku_comes_first(api: Api, shop: None) -> None:
    make.active_product("SS-7 SS-7 SS-7 spare part", variants=(make.variant_draft("SPARE"),))

    assert found(api, "q=ss-7")[0] == "salad-servers"


def test_pages_of_a_search_follow_each_other(api: Api) -> None:
    for number in range(5):
        make.active_product(f"Bowl {'bowl ' * number}{number}")

    met: list[str] = []
    address = f"{SEARCH}?q=bowl&page_size=2"
    while address:
        page = api.get(address).json()
        met += [item["slug"] for item in page["items"]]
        address = f"{SEARCH}?q=bowl&page_size=2&cursor={page['next_cursor']}" if page["next_cursor"] else ""

    assert len(met) == len(set(met)) == 5


def test_a_changed_name_is_found_at_once(api: Api, shop: None) -> None:
    product = make.active_product("Teapot")

    edit_product(product_id=product.id, changes={"name": "Samovar"})

    assert found(api, "q=samovar") == ["teapot"]
    assert found(api, "q=teapot") == []


def test_drafts_are_found_by_editors_only(api: Api, shop: None) -> None:
    assert found(api, "q=secret") == []
    assert found(api(scope="catalog:read"), "q=secret&status=any") == ["secret-bowl"]
    assert api.get(f"{SEARCH}?q=secret&status=any").status_code == 401


@pytest.mark.parametrize("query", ["", "q=", "q=%20", f"q={'a' * 201}", "q=bowl&ordering=name"])
def test_a_search_for_nothing_is_refused(api: Api, query: str) -> None:
    response = api.get(f"{SEARCH}?{query}")

    assert (response.status_code, response.json()["code"]) == (400, "invalid_parameter")


def test_a_page_of_a_search_costs_few_queries(api: Api, shop: None, query_log: QueryLog) -> None:
    with query_log() as queries:
        found(api, "q=salad")

    assert len(queries) == 3, [query["sql"] for query in queries]


def test_lost_words_are_found_again(api: Api, shop: None) -> None:
    product = make.active_product("Teapot")
    SearchEntry.objects.all().delete()
    assert found(api, "q=teapot") == []

    assert (reindex_search(product_ids=[product.id]), reindex_search(product_ids=[product.id])) == (1, 0)

    assert found(api, "q=teapot") == ["teapot"]
