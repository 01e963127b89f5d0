"""The golden bytes that follow from schemas and examples, made by fastavro alone.

The dataclasses take no part: that they produce the same bytes is then a test, not a tautology.
"""

import json
from io import BytesIO
from typing import Any

from fastavro import schemaless_writer

from shared_contracts.events.errors import InvalidEvent
from shared_contracts.events.json_form import record_from_json
from shared_contracts.events.schemas import parsed
from shared_contracts.tooling.shapes import EventSchema, ForbiddenSchema

ALWAYS = ("minimal", "full")


def golden_source(schema: EventSchema) -> str:
    """The text of an event's `.golden.hex`. Raises ForbiddenSchema when its examples do not fit."""
    examples = _examples(schema)
    wanted = parsed(json.dumps(schema.raw))
    return "".join(f"{name} {_encoded(schema, wanted, name, shown).hex()}\n" for name, shown in examples.items())


def _examples(schema: EventSchema) -> dict[str, Any]:
    path = schema.path.with_suffix(".examples.json")
    try:
        examples = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ForbiddenSchema(f"{schema.site}/{path.name}: cannot be read ({fault.__class__.__name__})") from fault
    if not isinstance(examples, dict) or not set(ALWAYS) <= set(examples):
        raise ForbiddenSchema(f"{schema.site}/{path.name}: must hold {' and '.join(ALWAYS)}")
    _judge_extent(schema, path.name, examples)
    return examples


def _judge_extent(schema: EventSchema, file: str, examples: dict[str, Any]) -> None:
    required = {field.name for field in schema.record.fields if field.required}
    every = {field.name for field in schema.record.fields}
    for name, wanted in (("minimal", required), ("full", every)):
        if set(examples[name]) != wanted:
            odd = ", ".join(sorted(set(examples[name]) ^ wanted))
            raise ForbiddenSchema(f"{schema.site}/{file}: {name} must hold exactly its fields; look at {odd}")


def _encoded(schema: EventSchema, wanted: dict[str, Any], name: str, shown: Any) -> bytes:
    buffer = BytesIO()
    try:
        schemaless_writer(buffer, wanted, record_from_json(wanted, shown))
    except (InvalidEvent, ValueError) as fault:
        raise ForbiddenSchema(f"{schema.site}/{schema.path.stem}.examples.json: {name}: {fault}") from fault
    return buffer.getvalue()
