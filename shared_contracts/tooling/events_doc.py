"""The event catalogue as Markdown, for people: what is told, where, and what stands in it."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from shared_contracts.events.schemas import EVENTS_FOLDER, fingerprint_of
from shared_contracts.events.topics import TOPICS, Topic
from shared_contracts.tooling.shapes import EventSchema, Field, Record, Type, event_schemas

_SHOWN = {
    "text": "string",
    "uuid": "uuid",
    "whole": "long",
    "truth": "boolean",
    "blob": "bytes",
    "money": "decimal(18,4)",
    "moment": "timestamp, UTC",
}
_HEAD = """# Events

What the sites tell each other, made from the schemas in `shared_contracts/events/`. How it is delivered, and what a
consumer may rely on: `shared_contracts/delivery.md`. A field without a default is there for ever; every other may be
missing in older events and then has its default. A list of words is what is written today: readers bear others.
"""


def render(*, events_folder: Path = EVENTS_FOLDER) -> str:
    """The whole page. Raises ForbiddenSchema when a schema breaks a rule."""
    schemas = sorted(event_schemas(events_folder), key=lambda schema: list(TOPICS).index(schema.topic))
    blocks = [_HEAD, _overview(schemas)]
    for topic, events in groupby(schemas, key=lambda schema: TOPICS[schema.topic]):
        blocks += _topic(topic, list(events))
    return "\n".join(blocks)


def _overview(schemas: list[EventSchema]) -> str:
    rows = [
        f"| [{schema.record.name}](#{schema.record.name.lower()}) | `{schema.topic}` | {_cell(schema.record.doc)} |"
        for schema in schemas
    ]
    return "\n".join(["| event | topic | meaning |", "|---|---|---|", *rows, ""])


def _topic(topic: Topic, schemas: list[EventSchema]) -> Iterator[str]:
    yield (
        f"## {topic.name}\n\n{topic.about} Published by {topic.site}; key `{schemas[0].key}`, "
        f"{topic.partitions} partitions, kept {topic.retention_days} days.\n"
    )
    told: set[str] = set()
    for schema in schemas:
        yield from _event(schema, told)


def _event(schema: EventSchema, told: set[str]) -> Iterator[str]:
    yield f"### {schema.record.name}\n\n{schema.record.doc}\n"
    yield f"`{schema.type_name}`, fingerprint `{fingerprint_of(schema.raw)}`\n"
    yield _table(schema.record)
    for part in schema.parts:
        if part.name in told:
            yield f"**{part.name}**: as above.\n"
        else:
            told.add(part.name)
            yield f"**{part.name}**: {part.doc}\n\n{_table(part)}"
    yield f"```json\n{_example(schema)}\n```\n"


def _table(record: Record) -> str:
    return "\n".join(["| field | type | default | meaning |", "|---|---|---|---|", *map(_row, record.fields), ""])


def _row(field: Field) -> str:
    default = "" if field.required else f"`{json.dumps(field.default, ensure_ascii=False)}`"
    words = f" One of {', '.join(f'`{word}`' for word in field.one_of)}." if field.one_of else ""
    return f"| `{field.name}` | {_shown(field.type)} | {default} | {_cell(field.doc + words)} |"


def _shown(of: Type) -> str:
    if of.item:
        return f"list of {_shown(of.item)}"
    name = of.record or _SHOWN[of.kind]
    return f"{name} or null" if of.nullable else name


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _example(schema: EventSchema) -> str:
    examples = json.loads(schema.path.with_suffix(".examples.json").read_text(encoding="utf-8"))
    return json.dumps(examples["full"], indent=2, ensure_ascii=False)
