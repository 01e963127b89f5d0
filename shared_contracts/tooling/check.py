"""Whether the contracts hold: rules, drift, and nothing released broken."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from shared_contracts.events.codec import UnreadableEvent, read
from shared_contracts.events.golden import parse_golden
from shared_contracts.events.schemas import EVENTS_FOLDER, RELEASED_FOLDER, parsed
from shared_contracts.events.topics import TOPICS
from shared_contracts.tooling.compatibility import incompatibilities
from shared_contracts.tooling.generate import generate
from shared_contracts.tooling.openapi_diff import breaking_changes
from shared_contracts.tooling.released import tampered, versions
from shared_contracts.tooling.shapes import EventSchema, ForbiddenSchema, event_schemas


def check(
    *,
    events_folder: Path = EVENTS_FOLDER,
    apis_folder: Path = EVENTS_FOLDER.parent / "apis",
    released_folder: Path = RELEASED_FOLDER,
    today: date | None = None,
) -> list[str]:
    """What is wrong, one sentence each; empty when the contracts may be used.

    With `today`, released API operations that are past their sunset may be gone. Needs no broker and no registry.
    Touches nothing.
    """
    try:
        schemas = event_schemas(events_folder)
        stale = generate(write=False, events_folder=events_folder)
    except ForbiddenSchema as fault:
        return [str(fault)]
    problems = [f"{name} is not what its schema says; run contracts generate" for name in stale]
    problems += _topic_problems(schemas)
    for release in versions(released_folder):
        problems += _release_problems(release, schemas)
        problems += _api_problems(release, apis_folder, today)
    return problems


def _topic_problems(schemas: list[EventSchema]) -> Iterator[str]:
    told_on: dict[str, str] = {}
    for schema in schemas:
        if schema.topic not in TOPICS:
            yield f"{schema.type_name}: topic {schema.topic} stands in no list of topics"
        if told_on.setdefault(schema.topic, schema.key) != schema.key:
            yield f"{schema.type_name}: its key {schema.key} is not the key of its topic, {told_on[schema.topic]}"
    for topic in TOPICS.keys() - told_on.keys():
        yield f"topic {topic} has no event"


def _release_problems(release: Path, schemas: list[EventSchema]) -> Iterator[str]:
    spoilt = tampered(release)
    yield from (f"{release.name}: {name} was released and has changed since" for name in spoilt)
    if spoilt:
        return  # What is left of it proves nothing.
    today = {schema.type_name: schema for schema in schemas}
    for old in event_schemas(release / "events"):
        new = today.get(old.type_name)
        if new is None:
            yield f"{release.name}: {old.type_name} was released and is gone"
            continue
        found = incompatibilities(old, new)
        yield from (f"{release.name}: {problem}" for problem in found)
        if not found:
            yield from _golden_problems(release, old, new)


def _golden_problems(release: Path, old: EventSchema, new: EventSchema) -> Iterator[str]:
    golden = parse_golden(old.path.with_suffix(".golden.hex").read_text(encoding="ascii"))
    for name, data in golden.items():
        if not _reads(old.type_name, data, (old, new)):
            yield f"{release.name}: today's {old.type_name} cannot read the golden example {name}"


def _reads(name: str, data: bytes, schemas: tuple[EventSchema, EventSchema]) -> bool:
    writer, reader = (parsed(json.dumps(schema.raw)) for schema in schemas)
    try:
        read(name, data, writer, reader)
    except UnreadableEvent:
        return False
    return True


def _api_problems(release: Path, apis_folder: Path, today: date | None) -> Iterator[str]:
    for old in sorted((release / "apis").glob("*/v*.json")):
        name = old.relative_to(release / "apis").as_posix()
        new = apis_folder / name
        if not new.exists():
            yield f"{release.name}: apis/{name} was released and is gone"
            continue
        found = breaking_changes(_document(old), _document(new), today=today)
        yield from (f"{release.name}: apis/{name} {problem}" for problem in found)


def _document(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
