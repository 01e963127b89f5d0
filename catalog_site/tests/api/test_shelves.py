"""Categories and attributes over HTTP."""

from typing import Any

import pytest

from catalog_site.domain.models import AttributeOption, Category
from catalog_site.tests import factories as make
from catalog_site.tests.api.answers import code
from catalog_site.tests.kinds import Api, QueryLog

CATEGORIES, ATTRIBUTES = "/api/v1/categories", "/api/v1/attributes"

pytestmark = pytest.mark.django_db


def test_the_tree_is_read_by_everybody(api: Api) -> None:
    home = make.category("home", position=2)
    kitchen = make.category("kitchen", home, position=1)

    items = api.get(CATEGORIES).json()["items"]

    assert items == [
        {
            "id": str(kitchen.id),
            "slug": "kitchen",
            "name": "Kitchen",
            "parent_id": str(home.id),
            "depth": 2,
            "position": 1,
            "revision": 1,
        },
        {
            "id": str(home.id),
            "slug": "home",
            "name": "Home",
            "parent_id": None,
            "depth": 1,
            "position": 2,
            "revision": 1,
        },
    ]
    assert api.get(f"{CATEGORIES}/kitchen?fields=name").json() == {"id": str(kitchen.id), "name": "Kitchen"}


def test_a_category_is_made_moved_and_removed(editor: Api) -> None:
    home = editor.post(CATEGORIES, {"name": "Home", "slug": "home"})
    kitchen = editor.post(CATEGORIES, {"name": "Kitchen", "slug": "kitchen", "parent_id": home.json()["id"]})
    address = kitchen["Location"]

    moved = editor.patch(address, {"parent_id": None, "name": "Cooking"}, HTTP_IF_MATCH=kitchen["ETag"])

    assert (moved.json()["depth"], moved.json()["name"], moved.json()["revision"]) == (1, "Cooking", 2)
    assert code(editor.patch(address, {"name": "Late"}, HTTP_IF_MATCH=kitchen["ETag"])) == (412, "precondition_failed")
    assert code(editor.delete(address)) == (428, "precondition_required")
    assert editor.delete(address, HTTP_IF_MATCH=moved["ETag"]).status_code == 204
    assert list(Category.objects.values_list("slug", flat=True)) == ["home"]


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"name": "Home"}, 400, "validation_failed"),
        ({"name": "Home", "slug": "home", "colour": 1}, 400, "validation_failed"),
        ({"name": "Home", "slug": "Not a slug"}, 422, "invalid_slug"),
        ({"name": "Taken", "slug": "taken"}, 409, "slug_taken"),
        ({"name": "A", "slug": "a", "parent_id": "b2d7a3a4-98a4-4a2e-9c4b-6a5f0f6b2c11"}, 404, "category_not_found"),
    ],
)
def test_a_category_that_cannot_be_made_is_refused(editor: Api, body: Any, status: int, problem: str) -> None:
    make.category("taken")

    assert code(editor.post(CATEGORIES, body)) == (status, problem)
    assert Category.objects.count() == 1


def test_a_category_with_products_stays(editor: Api) -> None:
    make.product(category_ids=(make.category("home").id,))

    assert code(editor.delete(f"{CATEGORIES}/home", HTTP_IF_MATCH="*")) == (409, "category_in_use")


def test_axes_are_read_by_everybody_in_one_go(api: Api, colours: None, query_log: QueryLog) -> None:
    with query_log() as queries:
        items = api.get(ATTRIBUTES).json()["items"]

    assert len(queries) == 2
    assert items[0] == {
        "code": "colour",
        "name": "Colour",
        "position": 0,
        "revision": 3,
        "options": [{"code": "red", "name": "Red", "position": 0}, {"code": "blue", "name": "Blue", "position": 1}],
    }


def test_an_axis_is_made_renamed_gets_options_and_goes(editor: Api) -> None:
    made = editor.post(ATTRIBUTES, {"code": "fit", "name": "Fit"})
    address = made["Location"]

    renamed = editor.patch(address, {"name": "Cut"}, HTTP_IF_MATCH=made["ETag"])
    option = editor.put(f"{address}/options/slim", {"name": "Slim"}, HTTP_IF_MATCH=renamed["ETag"])
    same = editor.put(f"{address}/options/slim", {"name": "Slim"}, HTTP_IF_MATCH=option["ETag"])

    assert option.json()["options"] == [{"code": "slim", "name": "Slim", "position": 0}]
    assert same["ETag"] == option["ETag"]
    assert code(editor.put(f"{address}/options/wide", {"name": "Wide"}, HTTP_IF_MATCH=made["ETag"])) == (
        412,
        "precondition_failed",
    )
    assert editor.delete(f"{address}/options/slim", HTTP_IF_MATCH=option["ETag"]).status_code == 204
    assert editor.delete(address, HTTP_IF_MATCH="*").status_code == 204
    assert code(editor.get(address)) == (404, "attribute_not_found")


def test_what_variants_have_stays(editor: Api, colours: None) -> None:
    make.product(variants=(make.variant_draft(options=make.options(colour="red")),))

    assert code(editor.delete(f"{ATTRIBUTES}/colour/options/red", HTTP_IF_MATCH="*")) == (409, "attribute_in_use")
    assert code(editor.delete(f"{ATTRIBUTES}/colour", HTTP_IF_MATCH="*")) == (409, "attribute_in_use")
    assert AttributeOption.objects.filter(attribute__code="colour").count() == 2


@pytest.mark.parametrize("address", [CATEGORIES, ATTRIBUTES])
def test_strangers_make_nothing(api: Api, reader: Api, address: str) -> None:
    assert code(api.post(address, {})) == (401, "not_authenticated")
    assert code(reader.post(address, {})) == (403, "insufficient_scope")
