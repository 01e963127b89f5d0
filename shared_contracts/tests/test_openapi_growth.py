"""What no caller notices is free; what was announced may go; and odd documents end in an answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from shared_contracts.tests.openapi_sample import (
    BODY,
    CREATE,
    LIST,
    SHOW,
    Edit,
    answer,
    at,
    edited,
    parameters,
    request,
    sample,
    schema,
)
from shared_contracts.tooling.openapi_diff import breaking_changes

FREE: dict[str, Edit] = {
    "nothing changes": lambda d: None,
    "words change": lambda d: (
        d["info"].update(title="Products", version="1.4.0"),
        at(d, *LIST).update(operationId="list_products", description="All of them.", tags=["products"]),
        schema(d, "Product").update(title="A product", description="What is sold.", example={}),
    ),
    "servers change": lambda d: d.update(servers=[{"url": "http://127.0.0.1:8082"}]),
    "a path is added": lambda d: d["paths"].update({"/categories": {"get": {"responses": {}}}}),
    "an operation is added": lambda d: at(d, "paths", "/products/{id}").update(patch={"responses": {}}),
    "a path parameter gets another name": lambda d: (
        d["paths"].update({"/products/{product_id}": d["paths"].pop("/products/{id}")}),
        d["paths"]["/products/{product_id}"]["parameters"][0].update(name="product_id"),
    ),
    "an operation is declared deprecated": lambda d: at(d, *LIST).update(deprecated=True),
    "a response is added": lambda d: at(d, *CREATE, "responses").update({"422": {"description": "No."}}),
    "a header is added": lambda d: at(d, *LIST, "responses", "200", "headers").update({"RateLimit-Limit": {}}),
    "a header is spelt in lower case": lambda d: at(d, *LIST, "responses", "200").update(
        headers={"etag": {"schema": {"type": "string"}}}
    ),
    "a media type is added": lambda d: at(d, *BODY, "content").update({"application/cbor": {}}),
    "an optional parameter is added": lambda d: parameters(d).append({"name": "sort", "in": "query", "schema": {}}),
    "a header is no longer read": lambda d: parameters(d).pop(2),
    "parameters change places": lambda d: parameters(d).reverse(),
    "a parameter moves into the components": lambda d: (
        at(d, "components", "parameters").update(Brand=parameters(d)[1]),
        parameters(d).__setitem__(1, {"$ref": "#/components/parameters/Brand"}),
    ),
    "a limit of a parameter is loosened": lambda d: at(d, "components", "parameters", "Limit", "schema").update(
        maximum=500, minimum=0
    ),
    "an operation becomes public": lambda d: at(d, *CREATE).update(security=[{}]),
    "another way in is added": lambda d: at(d, *CREATE).update(security=[{"bearer": ["catalog:write"]}, {"key": []}]),
    "a scope is no longer asked for": lambda d: at(d, *CREATE).update(security=[{"bearer": []}]),
    "the order of ways in changes": lambda d: at(d, *SHOW, "security").reverse(),
    "an optional property may be sent": lambda d: schema(d, "ProductRequest")["properties"].update(slug={}),
    "a property need not be sent": lambda d: schema(d, "ProductRequest")["required"].remove("name"),
    "a read-only property of a request goes": lambda d: schema(d, "ProductRequest")["properties"].pop("id"),
    "a read-only property of a request is required": lambda d: schema(d, "ProductRequest")["required"].append("id"),
    "null is taken": request("name", type=["string", "null"]),
    "an integer is taken beside a number": request("price", type=["number", "integer"]),
    "limits are loosened": lambda d: (
        schema(d, "ProductRequest", "name").update(maxLength=400, minLength=0),
        schema(d, "ProductRequest", "tags").pop("maxItems"),
        schema(d, "ProductRequest", "sku").pop("pattern"),
        schema(d, "ProductRequest", "price").pop("multipleOf"),
    ),
    "another alternative is taken": lambda d: schema(d, "ProductRequest", "media")["anyOf"].append({"type": "string"}),
    "alternatives change places": lambda d: schema(d, "ProductRequest", "media")["anyOf"].reverse(),
    "a property is answered in addition": lambda d: (
        schema(d, "Product")["properties"].update(brand={"type": "string"}),
        schema(d, "Product")["required"].append("brand"),
    ),
    "a property is always answered": lambda d: schema(d, "Product")["required"].append("weight_g"),
    "an answer is never null": lambda d: schema(d, "Page")["properties"].update(
        next={"type": "string", "format": "uri"}
    ),
    "a limit of an answer changes": answer("name", maxLength=400, minLength=1),
    "an answer gets a format": answer("name", format="byte"),
    "an answer has fewer values": answer("weight_g", enum=[1, 2]),
    "a word of an extensible enum is added": lambda d: schema(d, "Product", "colour")["enum"].append("green"),
    "null is said in another way": lambda d: (
        schema(d, "Page")["properties"].update(next={"type": "string", "format": "uri", "nullable": True}),
        schema(d, "Product")["properties"].update(
            parent={"allOf": [{"$ref": "#/components/schemas/Product"}], "nullable": True}
        ),
    ),
    "a reference gets words beside it": lambda d: schema(d, "Product")["properties"].update(
        status={"$ref": "#/components/schemas/Status", "description": "Seen by customers?"}
    ),
    "a reference gets a keyword beside it": lambda d: schema(d, "Product")["properties"].update(
        status={"$ref": "#/components/schemas/Status", "deprecated": True}
    ),
    "a schema is wrapped in allOf": lambda d: schema(d, "Product")["properties"].update(
        status={"allOf": [{"$ref": "#/components/schemas/Status"}], "description": "Wrapped."}
    ),
    "a schema is taken apart into allOf": lambda d: d["components"]["schemas"].update(
        Named={"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 200}}},
        Product={
            "allOf": [
                {"$ref": "#/components/schemas/Named"},
                {
                    "required": ["id", "status"],
                    "properties": {
                        name: value
                        for name, value in schema(d, "Product")["properties"].items()
                        if name != "name"
                    },
                },
            ]
        },
    ),
    "an enum of one becomes a const": lambda d: schema(d, "Film")["properties"].update(
        kind={"type": "string", "const": "film"}
    ),
    "a component is renamed": lambda d: (
        d["components"]["schemas"].update(State=d["components"]["schemas"].pop("Status")),
        schema(d, "Product")["properties"].update(status={"$ref": "#/components/schemas/State"}),
        schema(d, "ProductRequest")["properties"].update(status={"$ref": "#/components/schemas/State"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", FREE.values(), ids=FREE)
def test_what_nobody_notices_is_free(edit: Edit) -> None:
    assert breaking_changes(sample(), edited(edit)) == []


class TestSunset:
    """A deprecated operation may go when its day has passed, not before."""

    gone = edited(lambda d: d["paths"]["/products/{id}"].pop("delete"))
    told = ("/paths/~1products~1{id}/delete: the operation is gone",)

    @pytest.mark.parametrize(
        ("today", "found"),
        [(None, told), (date(2026, 6, 29), told), (date(2026, 6, 30), told), (date(2026, 7, 1), ())],
    )
    def test_it_may_go_on_the_day_after(self, today: date | None, found: tuple[str, ...]) -> None:
        assert breaking_changes(sample(), self.gone, today=today) == list(found)

    def test_a_date_alone_is_no_announcement(self) -> None:
        old = edited(lambda d: at(d, "paths", "/products/{id}", "delete").pop("deprecated"))

        assert breaking_changes(old, self.gone, today=date(2027, 1, 1)) == list(self.told)


class TestOddDocuments:
    """Whatever stands in a document, the answer is a list and comes."""

    def test_empty_documents_are_alike(self) -> None:
        assert breaking_changes({}, {}) == []

    def test_everything_may_be_added_to_nothing(self) -> None:
        assert breaking_changes({"paths": {}}, sample()) == []

    @pytest.mark.parametrize(
        "odd",
        [
            {"$ref": "#/components/schemas/Product"},
            {"$ref": "#/components/schemas/Imagined"},
            {"$ref": "http://elsewhere/schema.json"},
            {"allOf": [{"$ref": "#/components/schemas/Product"}]},
            {"oneOf": [{"$ref": "#/components/schemas/Product"}, {"$ref": "#/components/schemas/Page"}]},
            True,
            False,
            None,
            {},
        ],
    )
    def test_a_schema_that_leads_back_or_nowhere_ends(self, odd: Any) -> None:
        document = edited(lambda d: d["components"]["schemas"].update(Product=odd))

        assert breaking_changes(document, document) == []
        assert isinstance(breaking_changes(sample(), document), list)
        assert isinstance(breaking_changes(document, sample()), list)

    def test_a_property_called_ref_is_a_property(self) -> None:
        document = edited(lambda d: schema(d, "Product")["properties"].update({"$ref": {"type": "string"}}))

        assert breaking_changes(document, document) == []


def ways(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to everything in a document."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*way, key)
        yield from ways(child, (*way, key))


# For people, or no part of what goes over the wire.
WORDS = {"openapi", "info", "title", "version", "description", "operationId", "deprecated", "x-sunset"}
# Says nothing that is not so without it: a second way in, a header that is ignored when it is not known, what only
# the other direction looks at, a limit of an answer, the words of an open list.
IDLE = {
    "/paths//products/get/security/0",
    "/paths//products/{id}/get/security/1",
    "/paths//products/{id}/get/security/1/bearer",
    "/paths//products/get/parameters/2",
    "/paths//products/get/parameters/2/name",
    "/paths//products/get/parameters/2/in",
    "/components/schemas/Product/properties/id/readOnly",
    "/components/schemas/Product/properties/name/maxLength",
    "/components/schemas/Product/properties/colour/enum",
    "/components/schemas/Product/properties/colour/enum/0",
    "/components/schemas/Product/properties/colour/enum/1",
    "/components/schemas/Product/properties/colour/x-extensible-enum",
    "/components/schemas/ProductRequest/properties/id",
    "/components/schemas/ProductRequest/properties/id/type",
}


def test_whatever_is_taken_out_is_a_break_in_one_direction_or_the_other() -> None:
    unnoticed = set()
    for way in ways(sample()):
        document = sample()
        del at(document, *way[:-1])[way[-1]]
        if not breaking_changes(sample(), document) and not breaking_changes(document, sample()):
            unnoticed.add("".join(f"/{key}" for key in way if way[-1] not in WORDS))

    assert unnoticed - {""} == IDLE
