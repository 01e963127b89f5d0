"""What an event schema may look like: reads an .avsc file into a small model, or says what is not allowed.

A positive list. Everything Avro knows beyond it (enums, floats, maps, unions of more than null and one type,
fixed) is refused with the place, because it could not grow under FULL_TRANSITIVE or would lose money to rounding.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MONEY = {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 4}
_LOGICAL = {("string", "uuid"): "uuid", ("long", "timestamp-micros"): "moment"}
_PLAIN = {"string": "text", "long": "whole", "boolean": "truth", "bytes": "blob"}
_FORMATS = ("currency", "code")
_FIELD_KEYS = {"name", "type", "doc", "default", "required_as", "format", "one_of"}
_REQUIRED_AS = ("id", "fact")


class ForbiddenSchema(Exception):  # noqa: N818 - a refusal
    """A schema breaks a rule of the contracts; the message names file, place and rule."""


@dataclass(frozen=True, slots=True)
class Type:
    """`kind` is text, uuid, whole, truth, blob, money, moment, record or array (of `item`)."""

    kind: str
    nullable: bool = False
    record: str = ""
    item: "Type | None" = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `required` ones have no default and stay for ever."""

    name: str
    type: Type
    doc: str
    required: bool
    default: Any = None
    format: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """An event or a record nested in one."""

    name: str
    doc: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class EventSchema:
    """One .avsc file; `parts` are its nested records, inner ones first."""

    path: Path
    site: str
    version: str
    topic: str
    key: str
    record: Record
    parts: tuple[Record, ...]
    raw: dict[str, Any]

    @property
    def type_name(self) -> str:
        return f"firstviscount.{self.site}.{self.version}.{self.record.name}"


def event_schemas(events_folder: Path) -> list[EventSchema]:
    """All events of all sites, by site and name. Raises ForbiddenSchema."""
    return [read_schema(path) for path in sorted(events_folder.glob("*/*.avsc"))]


def read_schema(path: Path) -> EventSchema:
    """One file as a model. Raises ForbiddenSchema."""
    return _Reader(path).read()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts: dict[str, Record] = {}

    def read(self) -> EventSchema:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except ValueError as fault:
            raise self._forbidden("", f"is no JSON: {fault}") from fault
        record = self._record(raw, raw.get("name", ""))
        version = self._version(raw)
        schema = EventSchema(
            path=self.path,
            site=self.path.parent.name,
            version=version,
            topic=raw.get("topic", ""),
            key=raw.get("key", ""),
            record=record,
            parts=tuple(self.parts.values()),
            raw=raw,
        )
        self._judge_key(schema)
        return schema

    def _version(self, raw: dict[str, Any]) -> str:
        site = self.path.parent.name
        head, _, version = str(raw.get("namespace", "")).rpartition(".")
        if head != f"firstviscount.{site}" or not version.startswith("v") or not version[1:].isdigit():
            raise self._forbidden("namespace", f"must be firstviscount.{site}.v<number>")
        wanted = f"{raw['name']}.avsc" if version == "v1" else f"{raw['name']}.{version}.avsc"
        if self.path.name != wanted:
            raise self._forbidden("name", f"the file must be called {wanted}")
        return version

    def _judge_key(self, schema: EventSchema) -> None:
        if not schema.topic.startswith(f"{schema.site}."):
            raise self._forbidden("topic", f"must be a topic of {schema.site}")
        keys = [field for field in schema.record.fields if field.name == schema.key]
        if not keys or not keys[0].required or keys[0].type.kind not in ("uuid", "text"):
            raise self._forbidden("key", "must name a required field that holds a uuid or a string")

    def _record(self, raw: dict[str, Any], place: str) -> Record:
        if raw.get("type") != "record":
            raise self._forbidden(place, "must be a record")
        if not raw.get("doc"):
            raise self._forbidden(place, "needs a doc")
        fields = tuple(self._field(field, f"{place}.{field.get('name', '?')}") for field in raw["fields"])
        return Record(raw["name"], raw["doc"], fields)

    def _field(self, raw: dict[str, Any], place: str) -> Field:
        unknown = set(raw) - _FIELD_KEYS
        if unknown:
            raise self._forbidden(place, f"has the unknown attribute {', '.join(sorted(unknown))}")
        if not raw.get("doc"):
            raise self._forbidden(place, "needs a doc")
        field = Field(
            name=raw["name"],
            type=self._type(raw["type"], place),
            doc=raw["doc"],
            required="default" not in raw,
            default=raw.get("default"),
            format=raw.get("format", ""),
            one_of=tuple(raw.get("one_of", ())),
        )
        broken = _broken_default(field, raw.get("required_as")) or _broken_words(field)
        if broken:
            raise self._forbidden(place, broken)
        return field

    def _type(self, raw: Any, place: str) -> Type:
        if isinstance(raw, list):
            return self._nullable(raw, place)
        if isinstance(raw, str):
            if raw in self.parts:
                return Type("record", record=raw)
            if raw in _PLAIN:
                return Type(_PLAIN[raw])
            raise self._forbidden(place, f"type {raw} is not allowed: {', '.join(_PLAIN)} or a record named before")
        return self._compound(raw, place)

    def _nullable(self, raw: list[Any], place: str) -> Type:
        if len(raw) != 2 or raw[0] != "null":
            raise self._forbidden(place, "a union must be [null, one type]")
        inner = self._type(raw[1], place)
        if inner.nullable or inner.kind == "array":
            raise self._forbidden(place, "an array is never null: its default is []")
        return Type(inner.kind, nullable=True, record=inner.record)

    def _compound(self, raw: dict[str, Any], place: str) -> Type:
        if raw.get("type") == "array":
            item = self._type(raw.get("items"), f"{place}[]")
            if item.nullable or item.kind == "array":
                raise self._forbidden(place, "an array holds no null and no array")
            return Type("array", item=item)
        if raw.get("type") == "record":
            return self._part(raw, place)
        if raw.get("logicalType") == "decimal":
            if raw != MONEY:
                raise self._forbidden(place, "money is bytes, decimal(18,4)")
            return Type("money")
        kind = _LOGICAL.get((raw.get("type", ""), raw.get("logicalType", "")))
        if kind is None or set(raw) != {"type", "logicalType"}:
            raise self._forbidden(place, f"type {json.dumps(raw)} is not allowed")
        return Type(kind)

    def _part(self, raw: dict[str, Any], place: str) -> Type:
        if "namespace" in raw or "." in raw["name"]:
            raise self._forbidden(place, "a nested record lives in the namespace of its event")
        part = self._record(raw, place)
        if self.parts.setdefault(part.name, part) != part:
            raise self._forbidden(place, f"record {part.name} is defined twice")
        return Type("record", record=part.name)

    def _forbidden(self, place: str, why: str) -> ForbiddenSchema:
        return ForbiddenSchema(f"{self.path.parent.name}/{self.path.name}: {place + ': ' if place else ''}{why}")


def _broken_default(field: Field, required_as: str | None) -> str | None:
    if field.required and required_as not in _REQUIRED_AS:
        return "needs a default, or required_as id or fact"
    if not field.required and required_as:
        return "is required_as and has a default: one of them"
    if field.type.nullable and field.required:
        return "may be null and needs the default null"
    if not field.required and not _default_fits(field):
        return f"cannot have the default {field.default!r}"
    return None


def _broken_words(field: Field) -> str | None:
    if not field.format and not field.one_of:
        return None
    if field.type != Type("text") or (field.format and field.one_of):
        return "format or one_of (not both) belongs to a plain string"
    if field.format and field.format not in _FORMATS:
        return f"format must be one of {', '.join(_FORMATS)}"
    if field.format == "currency" and not field.required:
        return "a currency is part of the fact: no default"
    if field.one_of and not field.required and field.default not in field.one_of:
        return "the default must be one_of the words"
    return None


def _default_fits(field: Field) -> bool:
    if field.type.nullable:
        return field.default is None
    allowed = {"text": str, "whole": int, "truth": bool}.get(field.type.kind)
    if allowed is not None:
        return type(field.default) is allowed
    return field.type.kind == "array" and field.default == []


def records_of(schemas: list[EventSchema]) -> Iterator[tuple[EventSchema, Record]]:
    """Every nested record of these events with the event it was found in."""
    for schema in schemas:
        for part in schema.parts:
            yield schema, part
