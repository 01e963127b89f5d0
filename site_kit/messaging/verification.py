"""Walk the event log and find what was changed in it or taken out of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from site_kit.context import Actor, Context
from site_kit.messaging.event_log import Fact, Stream, hash_of

_READ_AT_ONCE = 2_000
# The log beside its heads: a stream without a head, or a head without its events, shows as a row with holes.
_WALK = """
    SELECT COALESCE(event.topic, head.topic), COALESCE(event.aggregate_id, head.aggregate_id), event.id,
        event.version, event.event_id, event.recorded_at, event.type, event.schema_fp, event.published, event.actor,
        event.why, event.correlation_id, event.causation_id, event.traceparent, event.data, event.hash,
        head.version, head.head_hash
    FROM messaging_event AS event FULL JOIN messaging_stream AS head
        ON head.topic = event.topic AND head.aggregate_id = event.aggregate_id
    WHERE (%(topic)s::text IS NULL OR COALESCE(event.topic, head.topic) = %(topic)s)
        AND (%(aggregate_id)s::text IS NULL OR COALESCE(event.aggregate_id, head.aggregate_id) = %(aggregate_id)s)
    ORDER BY 1, 2, event.version, event.id
"""


class Row(NamedTuple):
    """An event of the log as it stands there, with the head of its stream."""

    topic: str
    aggregate_id: str
    id: int | None
    version: int
    event_id: UUID
    recorded_at: datetime
    type: str
    schema_fp: str
    published: bool
    actor: str
    why: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    data: bytes
    hash: bytes
    head_version: int | None
    head_hash: bytes | None

    @property
    def stream(self) -> Stream:
        return Stream(self.topic, self.aggregate_id)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. `kind`: altered, missing, removed_tail, removed_stream, unknown_stream,
    out_of_order."""

    kind: str
    topic: str
    aggregate_id: str
    version: int
    detail: str


@dataclass(slots=True)
class _Walk:
    stream: Stream | None = None
    version: int = 0
    hash: bytes = b""
    log_id: int = 0
    head_version: int | None = None
    head_hash: bytes | None = None


def verify_event_log(
    *,
    topic: str | None = None,
    aggregate_id: str | None = None,
    progress: Callable[[int], None] = lambda _checked: None,
) -> Iterator[Finding]:
    """Everything that is wrong with the log, stream by stream; nothing is changed.

    `progress(checked)` is called every 2,000 events. Reads one snapshot, so that a running site does not disturb it.
    """
    walk = _Walk()
    checked = 0
    for row in _rows(topic, aggregate_id):
        if row.stream != walk.stream:
            yield from _end_of(walk)
            walk = _Walk(row.stream, head_version=row.head_version, head_hash=row.head_hash)
        if row.id is not None:
            yield from _check(row, walk)
            checked += 1
            if checked % _READ_AT_ONCE == 0:
                progress(checked)
    yield from _end_of(walk)
    progress(checked)


def _check(row: Row, walk: _Walk) -> Iterator[Finding]:
    def found(kind: str, detail: str) -> Finding:
        return Finding(kind, row.topic, row.aggregate_id, row.version, detail)

    if row.version != walk.version + 1:
        yield found("missing", f"after version {walk.version} comes version {row.version}")
    elif hash_of(walk.hash, _fact(row), event_id=row.event_id, version=row.version, recorded_at=row.recorded_at) != (
        row.hash
    ):
        yield found("altered", f"event {row.event_id} or the hash before it is not what was written")
    if row.id is not None and row.id <= walk.log_id:
        yield found("out_of_order", f"log id {row.id} comes after {walk.log_id}")
    walk.version, walk.hash, walk.log_id = row.version, row.hash, row.id or 0


def _end_of(walk: _Walk) -> Iterator[Finding]:
    if walk.stream is None:
        return
    if walk.head_version is None:
        yield Finding("unknown_stream", *walk.stream, walk.version, "events without a head of their stream")
    elif walk.version == 0 and walk.head_version > 0:
        yield Finding("removed_stream", *walk.stream, walk.head_version, "a head without a single event")
    elif walk.version != walk.head_version:
        yield Finding("removed_tail", *walk.stream, walk.head_version, f"the log ends at version {walk.version}")
    elif walk.version and walk.hash != walk.head_hash:
        yield Finding("altered", *walk.stream, walk.version, "the head's hash is not that of the last event")


def _fact(row: Row) -> Fact:
    kind, _, identifier = row.actor.partition(":")
    context = Context(
        correlation_id=row.correlation_id,
        causation_id=row.causation_id,
        actor=Actor(kind, identifier),  # type: ignore[arg-type]  # as it was written
        traceparent=row.traceparent,
    )
    return Fact(row.stream, row.type, row.schema_fp, row.data, row.published, row.why, context)


def _rows(topic: str | None, aggregate_id: str | None) -> Iterator[Row]:
    connection.ensure_connection()
    with transaction.atomic(), connection.connection.cursor(name="verify_event_log") as cursor:
        cursor.itersize = _READ_AT_ONCE
        cursor.execute(_WALK, {"topic": topic, "aggregate_id": aggregate_id})
        for row in cursor:
            yield Row._make(row)
