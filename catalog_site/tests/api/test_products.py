"""Products over HTTP: listed, shown, made, changed, removed."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from catalog_site.domain.models import Product, Variant
from catalog_site.domain.operations.put_picture import put_picture
from catalog_site.tests import factories as make
from catalog_site.tests.api.answers import code
from catalog_site.tests.kinds import Api, QueryLog, Told
from shared_contracts.events.catalog import v1

PRODUCTS = "/api/v1/products"


def slugs(response: Any) -> Any:
    """Slugs of a page, in order."""
    assert response.status_code == 200, response.content
    return [item["slug"] for item in response.json()["items"]]


def test_the_list_shows_active_products_to_everybody(api: Api) -> None:
    make.active_product("Bowl", brand="Holt")
    make.product("Draft")

    response = api.get(PRODUCTS)

    product = Product.objects.get(slug="bowl")
    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                "id": str(product.id),
                "slug": "bowl",
                "name": "Bowl",
                "brand": "Holt",
                "status": "active",
                "picture": None,
                "in_stock": False,
                "prices": [{"currency": "EUR", "lowest": "10.00", "highest": "10.00"}],
                "updated_at": product.updated_at.isoformat().replace("+00:00", "Z"),
            }
        ],
        "next_cursor": None,
    }


def test_a_page_of_twenty_costs_two_queries(api: Api, query_log: QueryLog) -> None:
    for number in range(21):
        make.active_product(f"Bowl {number:02}")

    with query_log() as queries:
        response = api.get(PRODUCTS)

    assert len(response.json()["items"]) == 20
    assert len(queries) == 2, [query["sql"] for query in queries]


def test_pages_follow_each_other_without_gap_or_repeat(api: Api) -> None:
    for number in range(7):
        make.active_product(f"Bowl {number}")

    met, address = [], f"{PRODUCTS}?page_size=3&ordering=-created"
    while address:
        page = api.get(address)
        met += slugs(page)
        cursor = page.json()["next_cursor"]
        address = f"{PRODUCTS}?page_size=3&ordering=-created&cursor={cursor}" if cursor else ""

    assert met == [f"bowl-{number}" for number in range(6, -1, -1)]


def test_a_page_shows_what_is_asked_for(api: Api, colours: None) -> None:
    product = make.active_product(
        "Bowl",
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue"), active=False),
        ),
    )
    red = Variant.objects.get(sku="RED")
    make.stock(red.id, available=4)

    [item] = api.get(f"{PRODUCTS}?fields=slug&expand=variants").json()["items"]

    assert item["slug"] == "bowl"
    assert set(item) == {"id", "slug", "variants"}
    [variant] = item["variants"]
    assert variant["stock"].pop("as_of") is not None
    assert variant == {
        "id": str(red.id),
        "product_id": str(product.id),
        "sku": "RED",
        "name": "",
        "barcode": "",
        "active": True,
        "weight_g": None,
        "options": [{"axis": "colour", "value": "red"}],
        "prices": [{"currency": "EUR", "amount": "10.00"}],
        "stock": {"in_stock": True, "available": 4},
    }


def test_drafts_are_for_editors(api: Api, reader: Api) -> None:
    make.product("Draft")

    assert code(api.get(f"{PRODUCTS}?status=draft")) == (401, "not_authenticated")
    assert code(api(scope="orders:write").get(f"{PRODUCTS}?status=any")) == (403, "insufficient_scope")
    assert slugs(reader.get(f"{PRODUCTS}?status=draft")) == ["draft"]
    assert slugs(reader.get(PRODUCTS)) == []
    assert code(api.get(f"{PRODUCTS}/draft")) == (404, "product_not_found")
    assert reader.get(f"{PRODUCTS}/draft").json()["name"] == "Draft"


@pytest.fixture
def shop(colours: None) -> None:
    """Three active products that differ in everything one can filter by."""
    home = make.category("home")
    kitchen = make.category("kitchen", home)
    make.active_product(
        "Bowl",
        brand="Holt",
        category_ids=(kitchen.id,),
        variants=(
            make.variant_draft("B-RED-S", options=make.options(colour="red", size="s"), prices=(make.eur("5"),)),
            make.variant_draft("B-BLUE-M", options=make.options(colour="blue", size="m"), prices=(make.eur("15"),)),
        ),
    )
    make.active_product(
        "Lamp",
        brand="Ember",
        category_ids=(home.id,),
        variants=(make.variant_draft("L-RED", options=make.options(colour="red"), prices=(make.usd("40"),)),),
    )
    make.active_product("Rope", brand="Holt", variants=(make.variant_draft("R", prices=(make.eur("9"),)),))
    make.stock(Variant.objects.get(sku="R").id, available=1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["bowl", "lamp", "rope"]),
        ("category=home", ["bowl", "lamp"]),
        ("category=kitchen", ["bowl"]),
        ("brand=holt", ["bowl", "rope"]),
        ("in_stock=true", ["rope"]),
        ("in_stock=false", ["bowl", "lamp"]),
        ("currency=EUR&price_min=10", ["bowl"]),
        ("currency=EUR&price_max=9", ["bowl", "rope"]),
        ("currency=EUR&price_min=6&price_max=8", []),
        ("currency=USD&price_min=1", ["lamp"]),
        ("option=colour:red", ["bowl", "lamp"]),
        ("option=colour:red&option=colour:blue", ["bowl", "lamp"]),
        ("option=colour:red&option=size:m", []),
        ("option=colour:blue&option=size:m", ["bowl"]),
        ("option=colour:mauve", []),
        ("ordering=price&currency=EUR", ["bowl", "rope"]),
        ("ordering=-price&currency=EUR", ["rope", "bowl"]),
        ("brand=holt&in_stock=true&category=home", []),
    ],
)
def test_filters(api: Api, shop: None, query: str, found: list[str]) -> None:
    assert slugs(api.get(f"{PRODUCTS}?{query}")) == found


def test_pages_in_order_of_price_follow_each_other(api: Api, shop: None) -> None:
    first = api.get(f"{PRODUCTS}?ordering=price&currency=EUR&page_size=1")

    second = api.get(f"{PRODUCTS}?ordering=price&currency=EUR&page_size=1&cursor={first.json()['next_cursor']}")

    assert slugs(first) + slugs(second) == ["bowl", "rope"]
    assert second.json()["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("colour=red", "unknown_parameter"),
        ("status=gone", "invalid_parameter"),
        ("category=nowhere", "invalid_parameter"),
        ("price_min=1", "invalid_parameter"),
        ("currency=ABC", "invalid_parameter"),
        ("currency=EUR&price_min=-1", "invalid_parameter"),
        ("currency=EUR&price_min=NaN", "invalid_parameter"),
        ("in_stock=perhaps", "invalid_parameter"),
        ("option=red", "invalid_parameter"),
        ("ordering=price", "invalid_parameter"),
        ("ordering=stock", "invalid_parameter"),
        ("expand=secrets", "invalid_parameter"),
        ("fields=secrets", "invalid_parameter"),
        ("cursor=made-up", "invalid_cursor"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(api: Api, query: str, problem: str) -> None:
    assert code(api.get(f"{PRODUCTS}?{query}")) == (400, problem)


def test_a_product_is_shown_by_id_and_by_slug_with_its_tag(api: Api) -> None:
    shelf = make.category("bowls")
    product = make.active_product("Bowl", category_ids=(shelf.id,))

    by_id, by_slug = api.get(f"{PRODUCTS}/{product.id}"), api.get(f"{PRODUCTS}/bowl?expand=categories")

    assert by_id["ETag"] == by_slug["ETag"]
    assert by_slug.json()["categories"] == [{"id": str(shelf.id), "slug": "bowls", "name": "Bowls"}]
    assert by_id.json() | {"categories": by_slug.json()["categories"]} == by_slug.json()
    unchanged = api.get(f"{PRODUCTS}/bowl", HTTP_IF_NONE_MATCH=by_id["ETag"])
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_the_tag_moves_with_the_stock_that_is_shown(api: Api) -> None:
    product = make.active_product("Bowl")
    before = api.get(f"{PRODUCTS}/bowl")
    make.stock(make.variant_of(product).id, available=3)

    after = api.get(f"{PRODUCTS}/bowl", HTTP_IF_NONE_MATCH=before["ETag"])

    assert after.status_code == 200
    assert after.json()["in_stock"] is True
    assert after.json()["variants"][0]["stock"]["available"] == 3


def test_a_picture_is_shown_in_two_sizes_and_served_for_ever(api: Api) -> None:
    product = make.active_product("Bowl")
    put_picture(product_id=product.id, data=make.picture(800, 600), alt="A bowl")

    [item] = api.get(PRODUCTS).json()["items"]

    name = Product.objects.get().picture
    assert item["picture"] == {
        "url": f"http://catalog.test/pictures/{name}.webp",
        "small_url": f"http://catalog.test/pictures/{name}-small.webp",
        "width": 800,
        "height": 600,
        "alt": "A bowl",
    }
    for address in (f"/pictures/{name}.webp", f"/pictures/{name}-small.webp"):
        file: Any = api.get(address)
        assert (file.status_code, file["Content-Type"]) == (200, "image/webp")
        assert "immutable" in file["Cache-Control"]
        assert b"".join(file.streaming_content).startswith(b"RIFF")
    assert api.get(f"/pictures/{uuid4().hex}.webp").status_code == 404


BOWL = {
    "name": "Bowl",
    "description": "Turned by hand.",
    "brand": "Holt",
    "status": "active",
    "variants": [
        {
            "sku": "RED",
            "options": [{"axis": "colour", "value": "red"}],
            "prices": [{"currency": "EUR", "amount": "19.90"}],
        },
        {
            "sku": "BLUE",
            "options": [{"axis": "colour", "value": "blue"}],
            "prices": [{"currency": "EUR", "amount": "21"}],
        },
    ],
}


def test_a_product_is_made_once_however_often_it_is_asked_for(told: Told, editor: Api, colours: None) -> None:
    first = editor.post(PRODUCTS, BOWL, HTTP_IDEMPOTENCY_KEY="bowl-1")
    again = editor.post(PRODUCTS, BOWL, HTTP_IDEMPOTENCY_KEY="bowl-1")

    made = first.json()
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == made
    assert first["Location"] == f"{PRODUCTS}/{made['id']}"
    assert [variant["prices"] for variant in made["variants"]] == [
        [{"currency": "EUR", "amount": "19.90"}],
        [{"currency": "EUR", "amount": "21.00"}],
    ]
    assert [type(event) for event in told()] == [v1.ProductCreated]
    assert editor.get(first["Location"])["ETag"] == first["ETag"]


def test_who_did_it_stands_in_the_event_log(editor: Api, colours: None) -> None:
    from site_kit.messaging.models import LoggedEvent

    response = editor.post(PRODUCTS, BOWL, HTTP_X_REQUEST_ID="req-42")

    logged = LoggedEvent.objects.get(aggregate_id=response.json()["id"])
    assert (logged.actor, logged.correlation_id) == ("client:tests", "req-42")


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({}, 400, "validation_failed"),
        ({"name": "Bowl", "colour": "red"}, 400, "validation_failed"),
        ({"name": "Bowl", "variants": [{"sku": "A", "price": 1}]}, 400, "validation_failed"),
        ({"name": "Bowl", "status": "gone"}, 400, "validation_failed"),
        (
            {"name": "Bowl", "variants": [{"sku": "A", "prices": [{"currency": "EUR", "amount": "x"}]}]},
            400,
            "validation_failed",
        ),
        (
            {"name": "Bowl", "variants": [{"sku": "A", "prices": [{"currency": "EUR", "amount": "0"}]}]},
            422,
            "invalid_amount",
        ),
        ({"name": "Bowl", "variants": [{"sku": "A", "barcode": "123"}]}, 422, "invalid_barcode"),
        ({"name": "Bowl", "slug": "search"}, 422, "invalid_slug"),
        ({"name": "Bowl", "status": "active"}, 409, "not_publishable"),
        ({"name": "Bowl", "category_ids": [str(UUID(int=5))]}, 422, "unknown_category"),
        ({"name": "Bowl", "variants": [{"sku": "TAKEN"}]}, 409, "sku_taken"),
    ],
)
def test_a_product_that_cannot_be_made_is_refused(
    told: Told, editor: Api, body: Any, status: int, problem: str
) -> None:
    make.product("Other", variants=(make.variant_draft("TAKEN"),))
    said = told()

    assert code(editor.post(PRODUCTS, body)) == (status, problem)
    assert Product.objects.count() == 1
    assert told() == said


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_write_needs_a_token_with_the_scope_before_anything_else(api: Api, reader: Api, method: str) -> None:
    address = PRODUCTS if method == "post" else f"{PRODUCTS}/nothing"

    nobody = getattr(api, method)(address, data="{", content_type="application/json")

    assert code(nobody) == (401, "not_authenticated")
    assert nobody["WWW-Authenticate"].startswith("Bearer")
    assert code(getattr(reader, method)(address, {"name": "x"})) == (403, "insufficient_scope")


def test_a_product_is_replaced(told: Told, editor: Api, colours: None) -> None:
    product = make.active_product("Bowl", brand="Holt", variants=(make.variant_draft("BOWL"),))
    variant = make.variant_of(product)
    seen = editor.get(f"{PRODUCTS}/bowl")

    response = editor.put(
        f"{PRODUCTS}/{product.id}",
        {
            "name": "Basin",
            "status": "active",
            "variants": [
                {"id": str(variant.id), "sku": "BASIN", "prices": [{"currency": "USD", "amount": "30"}]},
            ],
        },
        HTTP_IF_MATCH=seen["ETag"],
    )

    assert response.status_code == 200, response.content
    changed = response.json()
    assert (changed["name"], changed["slug"], changed["brand"], changed["revision"]) == ("Basin", "bowl", "", 2)
    assert changed["variants"][0]["id"] == str(variant.id)
    assert [type(event) for event in told()[1:]] == [v1.ProductUpdated, v1.PriceChanged, v1.PriceChanged]


def test_a_replacement_without_variants_leaves_them_alone(editor: Api) -> None:
    make.active_product("Bowl", variants=(make.variant_draft("BOWL"),))

    response = editor.put(f"{PRODUCTS}/bowl", {"name": "Basin"}, HTTP_IF_MATCH="*")

    assert response.json()["status"] == "draft"
    assert [variant["sku"] for variant in response.json()["variants"]] == ["BOWL"]


def test_a_change_needs_the_tag_that_was_seen_but_stock_is_no_conflict(editor: Api) -> None:
    product = make.active_product("Bowl")
    address = f"{PRODUCTS}/{product.id}"
    seen = editor.get(address)["ETag"]
    make.stock(make.variant_of(product).id, available=9)

    assert code(editor.patch(address, {"brand": "Holt"})) == (428, "precondition_required")
    assert code(editor.patch(address, {"brand": "Holt"}, HTTP_IF_MATCH="nonsense")) == (400, "invalid_precondition")
    assert editor.patch(address, {"brand": "Holt"}, HTTP_IF_MATCH=seen).json()["brand"] == "Holt"
    assert code(editor.patch(address, {"brand": "Late"}, HTTP_IF_MATCH=seen)) == (412, "precondition_failed")
    assert Product.objects.get().brand == "Holt"


def test_a_product_is_archived_and_deleted(told: Told, editor: Api) -> None:
    product = make.active_product("Bowl")
    address = f"{PRODUCTS}/{product.id}"

    assert code(editor.delete(address, HTTP_IF_MATCH="*")) == (409, "product_is_active")
    archived = editor.patch(address, {"status": "archived"}, HTTP_IF_MATCH="*")
    gone = editor.delete(address, HTTP_IF_MATCH=archived["ETag"])

    assert (gone.status_code, gone.content) == (204, b"")
    assert code(editor.get(address)) == (404, "product_not_found")
    assert [type(event) for event in told()[1:]] == [v1.ProductUpdated, v1.ProductDeleted]


@pytest.mark.parametrize("tail", ["", "/search?q=bowl", "/0d2f?fields=name"])
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_the_bare_paths_of_the_specification_lead_to_version_one(api: Api, tail: str, method: str) -> None:
    response = getattr(api, method)(f"/products{tail}")

    assert (response.status_code, response["Location"]) == (308, f"{PRODUCTS}{tail}")
