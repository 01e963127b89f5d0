"""A JSON schema brought into one form, so that two can be compared keyword by keyword.

`allOf` is merged, null is taken out of types, enums and alternatives, `const` becomes an enum of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared_contracts.tooling.openapi_document import Place

UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
PLAIN = ("pattern", "format", "multipleOf", "uniqueItems", "default", "readOnly", "writeOnly", "x-extensible-enum")
UNJUDGED = (
    "not", "if", "then", "else", "prefixItems", "patternProperties", "dependentRequired", "dependentSchemas",
    "propertyNames", "contains", "minContains", "maxContains", "unevaluatedProperties", "unevaluatedItems",
    "contentEncoding", "contentMediaType",
)  # fmt: skip


@dataclass(slots=True)
class Shape:
    """One schema; `types` and `enum` None mean anything goes, `alternatives` are the branches of anyOf and oneOf."""

    place: Place
    types: frozenset[str] | None = None
    nullable: bool = False
    enum: list[Any] | None = None
    required: frozenset[str] = frozenset()
    properties: dict[str, Place] = field(default_factory=dict)
    additional: Place | bool = True
    items: Place | None = None
    alternatives: list[Place] = field(default_factory=list)
    discriminator: str | None = None
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def takes_anything(self) -> bool:
        """Whether nothing at all is said about the value."""
        return self.types is None and self.enum is None and not (self.alternatives or self.properties)

    @property
    def takes_null(self) -> bool:
        return self.nullable or self.takes_anything


def shape_of(place: Place) -> Shape:
    """The schema at a place, in the one form."""
    return _shape(place, frozenset())


def _shape(place: Place, seen: frozenset[str]) -> Shape:
    schema = place.value
    if schema is False:
        return Shape(place, types=frozenset())
    if not isinstance(schema, Mapping) or place.pointer in seen:
        return Shape(place)
    shape = _own(place, schema)
    for part in place.items("allOf"):
        _join(shape, _shape(part, seen | {place.pointer}))
    _take_alternatives(shape, place, seen | {place.pointer})
    return shape


def _own(place: Place, schema: Mapping[str, Any]) -> Shape:
    types, nullable = _types(schema)
    enum = [schema["const"]] if "const" in schema else schema.get("enum")
    if enum is not None and None in enum:
        nullable = nullable or types is None
        enum = [value for value in enum if value is not None]
    extra = place.at("additionalProperties")
    keys = (*UPPER, *LOWER, *PLAIN, *UNJUDGED)
    return Shape(
        place=place,
        types=types,
        nullable=nullable,
        enum=list(enum) if enum is not None else None,
        required=frozenset(schema.get("required", ())),
        properties=place.children("properties"),
        additional=extra.value if extra and isinstance(extra.value, bool) else extra or True,
        items=place.at("items"),
        discriminator=(schema.get("discriminator") or {}).get("propertyName"),
        keywords={key: schema[key] for key in keys if key in schema},
    )


def _types(schema: Mapping[str, Any]) -> tuple[frozenset[str] | None, bool]:
    named = schema.get("type")
    if named is None:
        return None, bool(schema.get("nullable", False))
    types = frozenset([named] if isinstance(named, str) else named)
    return types - {"null"}, "null" in types or bool(schema.get("nullable", False))


def _join(shape: Shape, part: Shape) -> None:
    """Both must hold: what is said in either is said."""
    if shape.takes_anything:
        shape.nullable = shape.nullable or part.nullable
    elif not part.takes_anything:
        shape.nullable = shape.nullable and part.nullable
    shape.types = _both(shape.types, part.types)
    shape.enum = part.enum if shape.enum is None else [v for v in shape.enum if part.enum is None or v in part.enum]
    shape.required |= part.required
    shape.properties = part.properties | shape.properties
    shape.additional = part.additional if shape.additional is True else shape.additional
    shape.items = shape.items or part.items
    shape.alternatives = shape.alternatives or part.alternatives
    shape.discriminator = shape.discriminator or part.discriminator
    for key, value in part.keywords.items():
        shape.keywords[key] = _tighter(key, shape.keywords.get(key, value), value)


def _both(ours: frozenset[str] | None, theirs: frozenset[str] | None) -> frozenset[str] | None:
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return ours & theirs


def _tighter(key: str, ours: Any, theirs: Any) -> Any:
    if key in UPPER:
        return min(ours, theirs)
    if key in LOWER:
        return max(ours, theirs)
    return ours


def _take_alternatives(shape: Shape, place: Place, seen: frozenset[str]) -> None:
    branches = place.items("oneOf") or place.items("anyOf")
    if not branches:
        return
    left = [branch for branch in branches if not _is_null(branch)]
    nullable = len(left) < len(branches)
    if len(left) == 1:
        _join(shape, _shape(left[0], seen))
        shape.nullable = shape.nullable or nullable
        return
    shape.alternatives = left
    shape.nullable = nullable or any(_shape(branch, seen).nullable for branch in left)


def _is_null(branch: Place) -> bool:
    return branch.get("type") == "null" or branch.get("enum") == [None] or bool(branch.value == {"const": None})
