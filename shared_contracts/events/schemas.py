"""Every Avro schema this release knows: those it writes, those released before, those it was taught.

Files are read when first asked for and kept parsed for the life of the process.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastavro import parse_schema
from fastavro.schema import SchemaParseException, fingerprint, to_parsing_canonical_form

from shared_contracts.events.errors import UnknownEventType, UnknownSchema

Schema = dict[str, Any]

EVENTS_FOLDER = Path(__file__).parent
RELEASED_FOLDER = EVENTS_FOLDER.parent / "released"

_HOLDS_TYPES = ("type", "fields", "items")
_learnt: dict[str, Schema] = {}


def schema_file(type_name: str) -> Path:
    """Where the schema of an event type lies: `<Event>.avsc` for version 1, `<Event>.v2.avsc` for version 2."""
    try:
        _, site, version, event = type_name.split(".")
    except ValueError:
        raise UnknownEventType(f"{type_name!r:.120} is no event type (firstviscount.<site>.v<n>.<Event>)") from None
    suffix = "avsc" if version == "v1" else f"{version}.avsc"
    return EVENTS_FOLDER / site / f"{event}.{suffix}"


@cache
def schema_json(type_name: str) -> str:
    """The schema as it stands in its file: JSON text, self-contained. Raises UnknownEventType."""
    try:
        return schema_file(type_name).read_text(encoding="utf-8")
    except OSError:
        raise UnknownEventType(f"no schema for event type {type_name!r:.120}") from None


@cache
def schema_of(type_name: str) -> Schema:
    """The schema as fastavro wants it. Raises UnknownEventType."""
    return parsed(schema_json(type_name))


@cache
def wire_schema_of(type_name: str) -> Schema:
    """The same without logical types, for records whose values are in wire form already: a quarter faster to write."""
    return dict(parse_schema(_without_logic(json.loads(schema_json(type_name)))))  # type: ignore[arg-type]


def parsed(text: str) -> Schema:
    """Schema text as fastavro wants it."""
    return dict(parse_schema(json.loads(text)))  # type: ignore[arg-type]


def fingerprint_of(schema: Schema | str) -> str:
    """CRC-64-AVRO of the parsing canonical form: 16 hex digits, in the byte order of Avro's single-object encoding."""
    raw = json.loads(schema) if isinstance(schema, str) else schema
    return fingerprint(to_parsing_canonical_form(raw), "CRC-64-AVRO")


def schema_by_fingerprint(writer_fingerprint: str) -> Schema:
    """The parsed schema that bytes were written with. Raises UnknownSchema."""
    found = _vendored().get(writer_fingerprint) or _learnt.get(writer_fingerprint)
    if found is None:
        raise UnknownSchema(f"no schema with fingerprint {writer_fingerprint!r:.40} is known here")
    return found


def learn(text: str) -> str:
    """Make a schema from elsewhere (a registry, a newer release) known to this process; returns its fingerprint.

    Safe to repeat. Raises ValueError when the text is no schema.
    """
    if not isinstance(json.loads(text), dict):
        raise ValueError("no Avro schema of a record")  # noqa: TRY004 - callers see one kind of error
    try:
        schema = parsed(text)
        known_as = fingerprint_of(text)
    except SchemaParseException as fault:
        raise ValueError(f"no Avro schema: {fault}") from fault
    _learnt.setdefault(known_as, schema)
    return known_as


@cache
def _vendored() -> Mapping[str, Schema]:
    """Every schema in this distribution: today's, and those of all releases."""
    files = [path for folder in (EVENTS_FOLDER, RELEASED_FOLDER) for path in sorted(folder.rglob("*.avsc"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    return {fingerprint_of(text): parsed(text) for text in texts}


def _without_logic(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_logic(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "logicalType" in schema:
        return schema["type"]
    return {key: _without_logic(value) if key in _HOLDS_TYPES else value for key, value in schema.items()}
