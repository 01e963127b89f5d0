"""Walking an OpenAPI document: places with their JSON pointers, references followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_ONLY_WORDS = {"$ref", "summary", "description", "title"}


@dataclass(frozen=True, slots=True)
class Place:
    """A value inside a document, and the JSON pointer that leads to it."""

    document: Mapping[str, Any]
    pointer: str
    value: Any

    def at(self, *keys: str | int) -> "Place | None":
        """The place below, references followed; None when there is none."""
        here: Place | None = self
        for key in keys:
            here = here._step(key) if here else None
        return here

    def children(self, *keys: str) -> dict[str, "Place"]:
        """The places of the object below, by name; empty when there is no such object."""
        parent = self.at(*keys)
        if parent is None or not isinstance(parent.value, Mapping):
            return {}
        return {str(name): child for name in parent.value if (child := parent.at(name)) is not None}

    def items(self, *keys: str) -> list["Place"]:
        """The places of the list below; empty when there is no such list."""
        parent = self.at(*keys)
        if parent is None or not isinstance(parent.value, list):
            return []
        return [child for index in range(len(parent.value)) if (child := parent.at(index)) is not None]

    def get(self, key: str, default: Any = None) -> Any:
        """The plain value of a key of this object."""
        return self.value.get(key, default) if isinstance(self.value, Mapping) else default

    def _step(self, key: str | int) -> "Place | None":
        try:
            value = self.value[key]
        except (KeyError, IndexError, TypeError):
            return None
        return Place(self.document, f"{self.pointer}/{escaped(str(key))}", value).followed()

    def followed(self) -> "Place":
        """The place a bare reference leads to. A reference with more beside it stays: `allOf` of both."""
        here, seen = self, set[str]()
        while isinstance(here.value, Mapping) and "$ref" in here.value:
            target = str(here.value["$ref"])
            if not target.startswith("#/") or target in seen:
                return here
            if set(here.value) - _ONLY_WORDS:
                beside = {key: value for key, value in here.value.items() if key != "$ref"}
                return Place(here.document, here.pointer, {"allOf": [{"$ref": target}, beside]})
            seen.add(target)
            here = Place(here.document, target[1:], _looked_up(here.document, target))
        return here


def whole(document: Mapping[str, Any]) -> Place:
    """The document itself."""
    return Place(document, "", document)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    path: str
    method: str
    item: Place
    place: Place

    @property
    def address(self) -> tuple[str, str]:
        """What a call shows on the wire: names of path parameters do not."""
        return nameless(self.path), self.method

    @property
    def title(self) -> str:
        return f"{self.method.upper()} {self.path}"


def operations(document: Mapping[str, Any]) -> dict[tuple[str, str], Operation]:
    """Every operation by its address."""
    found = [
        Operation(path, method, item, place)
        for path, item in whole(document).children("paths").items()
        for method in METHODS
        if (place := item.at(method)) is not None
    ]
    return {operation.address: operation for operation in found}


def nameless(path: str) -> str:
    """`/products/{id}` and `/products/{product_id}` are the same address."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def escaped(key: str) -> str:
    """A key as RFC 6901 writes it."""
    return key.replace("~", "~0").replace("/", "~1")


def _looked_up(document: Mapping[str, Any], target: str) -> Any:
    value: Any = document
    for part in target[2:].split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, Mapping) and key in value:
            value = value[key]
        else:
            return {}
    return value
