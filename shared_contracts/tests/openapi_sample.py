"""A small API with everything the differ looks at."""

import copy
from collections.abc import Callable
from typing import Any

Edit = Callable[[dict[str, Any]], object]

LIST = ("paths", "/products", "get")
CREATE = ("paths", "/products", "post")
SHOW = ("paths", "/products/{id}", "get")
DELETE = ("paths", "/products/{id}", "delete")
BODY = (*CREATE, "requestBody")

_SAMPLE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Catalog", "version": "1.0.0"},
    "security": [{"bearer": ["catalog:write"]}],
    "paths": {
        "/products": {
            "get": {
                "operationId": "products_list",
                "security": [{}],
                "parameters": [
                    {"$ref": "#/components/parameters/Limit"},
                    {"name": "brand", "in": "query", "schema": {"type": "string"}},
                    {"name": "X-Request-ID", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "A page.",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}},
                    }
                },
            },
            "post": {
                "operationId": "products_create",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/ProductRequest"}},
                        "application/merge-patch+json": {"schema": {"type": "object"}},
                    }
                },
                "responses": {
                    "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Product"}}}},
                    "409": {"content": {"application/problem+json": {"schema": {"type": "object"}}}},
                },
            },
        },
        "/products/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
            ],
            "get": {
                "security": [{}, {"bearer": []}],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Product"}}}}
                },
            },
            "delete": {
                "deprecated": True,
                "x-sunset": "2026-06-30",
                "parameters": [{"name": "force", "in": "query"}],
                "responses": {"204": {"description": "Gone."}},
            },
        },
    },
    "components": {
        "parameters": {
            "Limit": {
                "name": "limit",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
            }
        },
        "schemas": {
            "Page": {
                "type": "object",
                "required": ["items"],
                "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Product"}},
                    "next": {"type": ["string", "null"], "format": "uri"},
                },
            },
            "Product": {
                "type": "object",
                "required": ["id", "name", "status"],
                "properties": {
                    "id": {"type": "string", "format": "uuid", "readOnly": True},
                    "name": {"type": "string", "maxLength": 200},
                    "status": {"$ref": "#/components/schemas/Status"},
                    "colour": {"type": "string", "enum": ["red", "blue"], "x-extensible-enum": True},
                    "parent": {"oneOf": [{"$ref": "#/components/schemas/Product"}, {"type": "null"}]},
                    "weight_g": {"type": "integer", "format": "int64"},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "media": {
                        "oneOf": [{"$ref": "#/components/schemas/Picture"}, {"$ref": "#/components/schemas/Film"}],
                        "discriminator": {"propertyName": "kind"},
                    },
                },
            },
            "ProductRequest": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 200},
                    "sku": {"type": "string", "pattern": "^[A-Z-]+$"},
                    "status": {"$ref": "#/components/schemas/Status"},
                    "price": {"type": "number", "multipleOf": 0.01, "minimum": 0},
                    "brand": {"type": ["string", "null"]},
                    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 10},
                    "media": {
                        "anyOf": [{"$ref": "#/components/schemas/Picture"}, {"$ref": "#/components/schemas/Film"}]
                    },
                    "id": {"type": "string", "readOnly": True},
                },
            },
            "Status": {"type": "string", "enum": ["draft", "active"]},
            "Picture": {
                "type": "object",
                "required": ["kind", "url"],
                "properties": {"kind": {"type": "string", "enum": ["picture"]}, "url": {"type": "string"}},
            },
            "Film": {
                "type": "object",
                "required": ["kind", "seconds"],
                "properties": {"kind": {"type": "string", "enum": ["film"]}, "seconds": {"type": "integer"}},
            },
        },
    },
}


def sample() -> dict[str, Any]:
    """A fresh copy."""
    return copy.deepcopy(_SAMPLE)


def edited(edit: Edit) -> dict[str, Any]:
    """The sample after an edit."""
    document = sample()
    edit(document)
    return document


def at(document: dict[str, Any], *way: str | int) -> Any:
    """The value at the end of a way of keys."""
    here: Any = document
    for key in way:
        here = here[key]
    return here


def schema(document: dict[str, Any], name: str, *properties: str) -> dict[str, Any]:
    """A component schema, or one of its properties."""
    found: dict[str, Any] = document["components"]["schemas"][name]
    for key in properties:
        found = found["properties"][key]
    return found


def parameters(document: dict[str, Any]) -> Any:
    """Those of the list of products."""
    return at(document, *LIST, "parameters")


def request(name: str, **changes: Any) -> Edit:
    """Changes keywords of a property that is only sent."""
    return lambda document: schema(document, "ProductRequest", name).update(changes)


def answer(name: str, **changes: Any) -> Edit:
    """Changes keywords of a property that is only answered."""
    return lambda document: schema(document, "Product", name).update(changes)
