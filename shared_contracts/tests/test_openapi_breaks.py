"""What a caller of an API would trip over is found, with its place."""

from typing import Any

import pytest

from shared_contracts.tests.openapi_sample import (
    BODY,
    CREATE,
    DELETE,
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

S = "/components/schemas"
CREATED = "/paths/~1products/post/responses"
PROBLEM = "application/problem+json"
PATCH = "application/merge-patch+json"
SENT = "/paths/~1products/post/requestBody/content"

BREAKS: dict[str, tuple[Edit, list[str]]] = {
    "a path goes": (
        lambda d: d["paths"].pop("/products"),
        ["/paths/~1products/get: the path is gone", "/paths/~1products/post: the path is gone"],
    ),
    "an operation goes": (
        lambda d: d["paths"]["/products"].pop("post"),
        ["/paths/~1products/post: the operation is gone"],
    ),
    "a response goes": (
        lambda d: at(d, *CREATE, "responses").pop("409"),
        ["/paths/~1products/post/responses/409: the response 409 is gone"],
    ),
    "a media type of a response goes": (
        lambda d: at(d, *CREATE, "responses", "409", "content").update({"application/json": {}})
        or at(d, *CREATE, "responses", "409", "content").pop(PROBLEM),
        [f"{CREATED}/409/content/{PROBLEM.replace('/', '~1')}: the media type {PROBLEM} is gone (response)"],
    ),
    "a media type of a request goes": (
        lambda d: at(d, *BODY, "content").pop(PATCH),
        [f"{SENT}/{PATCH.replace('/', '~1')}: the media type {PATCH} is gone (request)"],
    ),
    "the schema of a response goes": (
        lambda d: at(d, *LIST, "responses", "200", "content", "application/json").pop("schema"),
        [f"{S}/Page: the schema is gone (response)"],
    ),
    "a header of a response goes": (
        lambda d: at(d, *LIST, "responses", "200", "headers").pop("ETag"),
        ["/paths/~1products/get/responses/200/headers/ETag: the header ETag is gone"],
    ),
    "a header of a response changes its type": (
        lambda d: at(d, *LIST, "responses", "200", "headers", "ETag", "schema").update(type="integer"),
        ["/paths/~1products/get/responses/200/headers/ETag/schema: type changed from string to integer (response)"],
    ),
    "the request body goes": (
        lambda d: at(d, *CREATE).pop("requestBody"),
        ["/paths/~1products/post/requestBody: the request body is gone"],
    ),
    "the request body becomes required": (
        lambda d: at(d, *BODY).update(required=True),
        ["/paths/~1products/post/requestBody: the request body is required now"],
    ),
    "a request body appears and is required": (
        lambda d: at(d, *SHOW).update(requestBody={"required": True, "content": {}}),
        ["/paths/~1products~1{id}/get/requestBody: the request body is required now"],
    ),
    "a query parameter goes": (
        lambda d: parameters(d).pop(1),
        ["/paths/~1products/get/parameters/1: the parameter brand is gone"],
    ),
    "a query parameter is renamed": (
        lambda d: parameters(d)[1].update(name="maker"),
        ["/paths/~1products/get/parameters/1: the parameter brand is gone"],
    ),
    "a new parameter is required": (
        lambda d: parameters(d).append({"name": "shop", "in": "query", "required": True, "schema": {}}),
        ["/paths/~1products/get/parameters/3: the new parameter shop is required"],
    ),
    "a new header is required": (
        lambda d: parameters(d).append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": {}}),
        ["/paths/~1products/get/parameters/3: the new parameter Idempotency-Key is required"],
    ),
    "a parameter becomes required": (
        lambda d: parameters(d)[1].update(required=True),
        ["/paths/~1products/get/parameters/1: the parameter brand is required now"],
    ),
    "a parameter is spelt another way": (
        lambda d: parameters(d)[1].update(explode=False),
        ["/paths/~1products/get/parameters/1: explode changed from None to False"],
    ),
    "a limit of a shared parameter is tightened": (
        lambda d: at(d, "components", "parameters", "Limit", "schema").update(maximum=50),
        ["/components/parameters/Limit/schema: maximum tightened from 100 to 50 (request)"],
    ),
    "a parameter that took anything is narrowed": (
        lambda d: at(d, *DELETE, "parameters", 0).update(schema={"type": "boolean"}),
        ["/paths/~1products~1{id}/delete/parameters/0/schema: type changed from anything to boolean (request)"],
    ),
    "the default of a parameter changes": (
        lambda d: at(d, "components", "parameters", "Limit", "schema").update(default=50),
        ["/components/parameters/Limit/schema: default changed from 20 to 50 (request)"],
    ),
    "a path parameter is narrowed": (
        lambda d: at(d, "paths", "/products/{id}", "parameters", 0, "schema").update(format="ulid"),
        ["/paths/~1products~1{id}/parameters/0/schema: format changed from uuid to ulid (request)"],
    ),
    "a public operation asks for a sign-in": (
        lambda d: at(d, *LIST).update(security=[{"bearer": []}]),
        ["/paths/~1products/get/security: GET /products asks for a sign-in now"],
    ),
    "a public operation falls under the sign-in of all": (
        lambda d: at(d, *LIST).pop("security"),
        ["/security: GET /products asks for a sign-in now"],
    ),
    "another scope is asked for": (
        lambda d: at(d, *CREATE).update(security=[{"bearer": ["catalog:write", "catalog:admin"]}]),
        ["/paths/~1products/post/security: POST /products no longer opens for bearer [catalog:write]"],
    ),
    "another scheme is asked for": (
        lambda d: d.update(security=[{"key": []}]),
        [
            "/security: DELETE /products/{id} no longer opens for bearer [catalog:write]",
            "/security: POST /products no longer opens for bearer [catalog:write]",
        ],
    ),
    # What is sent
    "a new property must be sent": (
        lambda d: (
            schema(d, "ProductRequest")["properties"].update(slug={"type": "string"}),
            schema(d, "ProductRequest")["required"].append("slug"),
        ),
        [f"{S}/ProductRequest/properties/slug: is new and must be sent (request)"],
    ),
    "a property must be sent now": (
        lambda d: schema(d, "ProductRequest")["required"].append("sku"),
        [f"{S}/ProductRequest/properties/sku: must be sent now (request)"],
    ),
    "a property can no longer be sent": (
        lambda d: schema(d, "ProductRequest")["properties"].pop("sku"),
        [f"{S}/ProductRequest/properties/sku: is gone (request)"],
    ),
    "a property that is sent is renamed": (
        lambda d: schema(d, "ProductRequest")["properties"].update(
            code=schema(d, "ProductRequest")["properties"].pop("sku")
        ),
        [f"{S}/ProductRequest/properties/sku: is gone (renamed to code?) (request)"],
    ),
    "a property that is sent becomes read-only": (
        request("sku", readOnly=True),
        [f"{S}/ProductRequest/properties/sku: is read-only now (request)"],
    ),
    "a number becomes an integer": (
        request("price", type="integer"),
        [f"{S}/ProductRequest/properties/price: type changed from number to integer (request)"],
    ),
    "null is no longer taken": (
        request("brand", type="string"),
        [f"{S}/ProductRequest/properties/brand: null is no longer taken (request)"],
    ),
    "a pattern changes": (
        request("sku", pattern="^[A-Z]+$"),
        [f"{S}/ProductRequest/properties/sku: pattern changed from '^[A-Z-]+$' to '^[A-Z]+$' (request)"],
    ),
    "a pattern appears": (
        request("brand", pattern="^[a-z]+$"),
        [f"{S}/ProductRequest/properties/brand: pattern changed from none to '^[a-z]+$' (request)"],
    ),
    "a format appears": (
        request("brand", format="uri"),
        [f"{S}/ProductRequest/properties/brand: format changed from None to uri (request)"],
    ),
    "maxLength is tightened": (
        request("name", maxLength=100),
        [f"{S}/ProductRequest/properties/name: maxLength tightened from 200 to 100 (request)"],
    ),
    "minLength is tightened": (
        request("name", minLength=2),
        [f"{S}/ProductRequest/properties/name: minLength tightened from 1 to 2 (request)"],
    ),
    "a limit appears": (
        request("price", exclusiveMaximum=1000),
        [f"{S}/ProductRequest/properties/price: exclusiveMaximum tightened from none to 1000 (request)"],
    ),
    "steps become coarser": (
        request("price", multipleOf=0.05),
        [f"{S}/ProductRequest/properties/price: multipleOf changed from 0.01 to 0.05 (request)"],
    ),
    "items must differ": (
        request("tags", uniqueItems=True),
        [f"{S}/ProductRequest/properties/tags: uniqueItems changed from none to True (request)"],
    ),
    "items change their type": (
        request("tags", items={"type": "integer"}),
        [f"{S}/ProductRequest/properties/tags/items: type changed from string to integer (request)"],
    ),
    "only certain values are taken": (
        request("brand", enum=["Viscount", None]),
        [f"{S}/ProductRequest/properties/brand: only certain values are taken now (request)"],
    ),
    "unknown properties are refused": (
        lambda d: schema(d, "ProductRequest").update(additionalProperties=False),
        [f"{S}/ProductRequest: unknown properties are refused now (request)"],
    ),
    "an alternative is no longer taken": (
        lambda d: schema(d, "ProductRequest", "media")["anyOf"].pop(),
        [f"{S}/Film: this alternative is no longer taken (request)"],
    ),
    "something nobody can judge changes": (
        request("tags", contains={"const": "new"}),
        [f"{S}/ProductRequest/properties/tags: contains changed, which cannot be judged (request)"],
    ),
    # What is answered
    "a property is no longer answered": (
        lambda d: schema(d, "Product")["properties"].pop("weight_g"),
        [f"{S}/Product/properties/weight_g: is gone (response)"],
    ),
    "a required property is no longer answered": (
        lambda d: (schema(d, "Product")["properties"].pop("id"), schema(d, "Product")["required"].remove("id")),
        [f"{S}/Product/properties/id: is gone (response)"],
    ),
    "a property that is answered is renamed": (
        lambda d: schema(d, "Product")["properties"].update(
            weight=schema(d, "Product")["properties"].pop("weight_g")
        ),
        [f"{S}/Product/properties/weight_g: is gone (renamed to weight?) (response)"],
    ),
    "a property may be missing": (
        lambda d: schema(d, "Product")["required"].remove("name"),
        [f"{S}/Product/properties/name: may be missing now (response)"],
    ),
    "a property is no longer shown": (
        answer("weight_g", writeOnly=True),
        [f"{S}/Product/properties/weight_g: is write-only now (response)"],
    ),
    "an integer becomes a number": (
        answer("weight_g", type="number"),
        [f"{S}/Product/properties/weight_g: type changed from integer to number (response)"],
    ),
    "an answer may be null": (
        answer("name", type=["string", "null"]),
        [f"{S}/Product/properties/name: may be null now (response)"],
    ),
    "the format of an answer changes": (
        answer("weight_g", format="int32"),
        [f"{S}/Product/properties/weight_g: format changed from int64 to int32 (response)"],
    ),
    "the format of an answer goes": (
        lambda d: schema(d, "Product", "weight_g").pop("format"),
        [f"{S}/Product/properties/weight_g: format changed from int64 to None (response)"],
    ),
    "what an object holds changes": (
        answer("labels", additionalProperties={"type": "integer"}),
        [f"{S}/Product/properties/labels/additionalProperties: type changed from string to integer (response)"],
    ),
    "what an object holds is open": (
        lambda d: schema(d, "Product", "labels").pop("additionalProperties"),
        [f"{S}/Product/properties/labels: what unknown properties hold changed (response)"],
    ),
    "what an array holds is open": (
        lambda d: schema(d, "Page", "items").pop("items"),
        [f"{S}/Page/properties/items: what the array holds changed (response)"],
    ),
    "another alternative may be answered": (
        lambda d: schema(d, "Product", "media")["oneOf"].append({"type": "string"}),
        [f"{S}/Product/properties/media/oneOf/2: a new alternative (response)"],
    ),
    "alternatives are told apart in another way": (
        answer("media", discriminator={"propertyName": "type"}),
        [f"{S}/Product/properties/media: discriminator changed from kind to type (response)"],
    ),
    # Both
    "a word of a shared enum goes": (
        lambda d: schema(d, "Status")["enum"].remove("active"),
        [f"{S}/Status: 'active' no longer taken (request)"],
    ),
    "a word of a shared enum is added": (
        lambda d: schema(d, "Status")["enum"].append("archived"),
        [f"{S}/Status: 'archived' may come now (response)"],
    ),
    "a shared enum opens": (
        lambda d: schema(d, "Status").pop("enum"),
        [f"{S}/Status: any value may come now (response)"],
    ),
    "a shared type changes": (
        lambda d: schema(d, "Status").update(type="integer"),
        [
            f"{S}/Status: type changed from string to integer (request)",
            f"{S}/Status: type changed from string to integer (response)",
        ],
    ),
    "a property of an alternative goes": (
        lambda d: schema(d, "Film")["properties"].pop("seconds"),
        [f"{S}/Film/properties/seconds: is gone (request)", f"{S}/Film/properties/seconds: is gone (response)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "found"), BREAKS.values(), ids=BREAKS)
def test_a_break_is_told_with_its_place(edit: Edit, found: list[str]) -> None:
    assert breaking_changes(sample(), edited(edit)) == found


@pytest.mark.parametrize(("edit", "found"), BREAKS.values(), ids=BREAKS)
def test_a_place_is_a_json_pointer_into_one_of_the_documents(edit: Edit, found: list[str]) -> None:
    new = edited(edit)

    for line in found:
        pointer = line.split(": ")[0]
        assert resolves(sample(), pointer) or resolves(new, pointer), pointer


def resolves(document: Any, pointer: str) -> bool:
    """RFC 6901."""
    here = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        is_there = int(key) < len(here) if isinstance(here, list) else key in here
        if not is_there:
            return False
        here = here[int(key)] if isinstance(here, list) else here[key]
    return True


def test_what_breaks_in_two_ways_is_told_twice_and_once_each() -> None:
    def edit(document: dict[str, Any]) -> None:
        schema(document, "Product")["properties"].pop("weight_g")
        parameters(document)[1].update(required=True)

    assert breaking_changes(sample(), edited(edit)) == [
        f"{S}/Product/properties/weight_g: is gone (response)",
        "/paths/~1products/get/parameters/1: the parameter brand is required now",
    ]
