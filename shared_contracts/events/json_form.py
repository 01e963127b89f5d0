"""Events as JSON: to look at, to write examples in. Not a wire format.

Ids and amounts are strings, times ISO 8601 in UTC, bytes hexadecimal.
"""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from uuid import UUID

from shared_contracts.events.errors import InvalidEvent
from shared_contracts.events.event import Event, Part, Record
from shared_contracts.events.schemas import Schema, schema_of

E = TypeVar("E", bound=Event)

_PLAIN: dict[str, type] = {"string": str, "long": int, "boolean": bool}


def to_json(part: Part) -> dict[str, Any]:
    """All fields of an event, ready for `json.dumps`."""
    return {field.name: _shown(getattr(part, field.name)) for field in dataclass_fields(part)}  # type: ignore[arg-type]


def from_json(kind: type[E], shown: Mapping[str, Any]) -> E:
    """The event that `to_json` would show like this; missing fields get their defaults.

    Raises InvalidEvent naming a field that is unknown, missing or of the wrong form.
    """
    return kind.from_record(record_from_json(schema_of(kind.TYPE), shown))


def record_from_json(schema: Schema, shown: Mapping[str, Any]) -> Record:
    """The same for any parsed schema, as a record in the shape fastavro reads and writes."""
    return _record(schema, shown, "", schema.get("__named_schemas", {}))


def _shown(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case bytes():
            return value.hex()
        case tuple():
            return [_shown(item) for item in value]
        case Part():
            return to_json(value)
        case _:
            return value


def _record(schema: Schema, shown: Any, path: str, named: Mapping[str, Schema]) -> Record:
    if not isinstance(shown, Mapping):
        raise InvalidEvent(path or schema["name"], "wants an object")
    known = {field["name"]: field for field in schema["fields"]}
    for name in shown:
        if name not in known:
            raise InvalidEvent(_below(path, name), "is no field of this record")
    return {name: _field(field, shown, _below(path, name), named) for name, field in known.items()}


def _field(field: dict[str, Any], shown: Mapping[str, Any], path: str, named: Mapping[str, Schema]) -> Any:
    if field["name"] in shown:
        return _value(field["type"], shown[field["name"]], path, named)
    if "default" not in field:
        raise InvalidEvent(path, "is required")
    return field["default"]


def _value(schema: Any, shown: Any, path: str, named: Mapping[str, Schema]) -> Any:
    if isinstance(schema, list):
        return None if shown is None else _value(schema[1], shown, path, named)
    if isinstance(schema, str) and schema in named:
        return _record(named[schema], shown, path, named)
    name = schema if isinstance(schema, str) else schema["type"]
    if name == "record":
        return _record(schema, shown, path, named)
    if name == "array":
        return _array(schema["items"], shown, path, named)
    return _simple(name, "" if isinstance(schema, str) else schema.get("logicalType", ""), shown, path)


def _array(items: Any, shown: Any, path: str, named: Mapping[str, Schema]) -> list[Any]:
    if not isinstance(shown, list):
        raise InvalidEvent(path, "wants a list")
    return [_value(items, item, f"{path}[{index}]", named) for index, item in enumerate(shown)]


def _simple(name: str, logical: str, shown: Any, path: str) -> Any:
    if name == "boolean" or (name == "long" and not logical):
        if type(shown) is not _PLAIN[name]:
            raise InvalidEvent(path, f"wants {_PLAIN[name].__name__}")
        return shown
    if not isinstance(shown, str):
        raise InvalidEvent(path, "wants a string")
    try:
        return _read_text(logical or name, shown)
    except (ValueError, InvalidOperation) as fault:
        raise InvalidEvent(path, f"{shown!r:.80} cannot be read: {fault}") from fault


def _read_text(kind: str, shown: str) -> Any:
    match kind:
        case "uuid":
            return UUID(shown)
        case "decimal":
            return Decimal(shown)
        case "timestamp-micros":
            moment = datetime.fromisoformat(shown)
            if moment.tzinfo is None:
                raise ValueError("a time needs its zone")
            return moment
        case "bytes":
            return bytes.fromhex(shown)
        case _:
            return shown


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
