"""The only writer of the event log: versions, ids, hash chain and outbox pointers, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from site_kit.messaging import clock
from site_kit.messaging.database import Row, fast_cursor
from site_kit.messaging.event_log import Fact, LogEntry, Stream, hash_of
from site_kit.messaging.identifiers import uuid7


@dataclass(slots=True)
class _Head:
    version: int
    hash: bytes


_COLUMNS = {
    "recorded_at": "timestamptz",
    "event_id": "uuid",
    "topic": "text",
    "aggregate_id": "text",
    "version": "int",
    "type": "text",
    "schema_fp": "text",
    "published": "bool",
    "actor": "text",
    "why": "text",
    "correlation_id": "text",
    "causation_id": "text",
    "traceparent": "text",
    "data": "bytea",
    "hash": "bytea",
}
_NAMES = ", ".join(_COLUMNS)
_CREATE_HEADS = """
    INSERT INTO messaging_stream (topic, aggregate_id, version, head_hash)
    SELECT topic, aggregate_id, 0, ''::bytea FROM unnest(%b::text[], %b::text[]) AS wanted (topic, aggregate_id)
    ON CONFLICT DO NOTHING
"""
_LOCK_HEADS = """
    SELECT topic, aggregate_id, version, head_hash FROM messaging_stream
    WHERE (topic, aggregate_id) IN (SELECT * FROM unnest(%b::text[], %b::text[]))
    ORDER BY topic, aggregate_id FOR NO KEY UPDATE
"""
_LOCK_HEAD = """
    SELECT topic, aggregate_id, version, head_hash FROM messaging_stream
    WHERE topic = %b AND aggregate_id = %b FOR NO KEY UPDATE
"""
_POINT = """
    INSERT INTO messaging_outbox (id, recorded_at, size, topic)
    SELECT id, recorded_at, octet_length(data), topic FROM logged WHERE published
"""
_RETURNING = "RETURNING id, recorded_at, data, topic, published"
_WRITE_MANY = f"""
    WITH heads AS (
        UPDATE messaging_stream AS stream SET version = head.version, head_hash = head.hash
        FROM unnest(%b::text[], %b::text[], %b::int[], %b::bytea[]) AS head (topic, aggregate_id, version, hash)
        WHERE stream.topic = head.topic AND stream.aggregate_id = head.aggregate_id
    ), logged AS (
        INSERT INTO messaging_event ({_NAMES})
        SELECT {_NAMES} FROM unnest({", ".join(f"%b::{kind}[]" for kind in _COLUMNS.values())})
        WITH ORDINALITY AS fact ({_NAMES}, position) ORDER BY position {_RETURNING}
    ) {_POINT}
"""  # noqa: S608 - only names from this file
# Arrays of one element take the server twice as long as plain values, and one event is the common case.
_WRITE_ONE = f"""
    WITH head AS (
        UPDATE messaging_stream SET version = %b, head_hash = %b WHERE topic = %b AND aggregate_id = %b
    ), logged AS (
        INSERT INTO messaging_event ({_NAMES}) VALUES ({", ".join("%b" for _ in _COLUMNS)}) {_RETURNING}
    ) {_POINT}
"""  # noqa: S608 - only names from this file


def write_facts(facts: Sequence[Fact]) -> list[LogEntry]:
    """Log facts in the order given and point the outbox at the published ones.

    The row of every stream is locked first, in ascending order, and event ids are drawn under those locks:
    whoever holds the lock decides what comes next, so the order by log id is the order by version for ever.
    Must run inside a transaction; nothing is safe to repeat.
    """
    with fast_cursor() as cursor:
        heads = _lock_heads(cursor, sorted({fact.stream for fact in facts}))
        entries = [_append(fact, heads[fact.stream]) for fact in facts]
        if len(entries) == 1:
            [entry] = entries
            cursor.execute(_WRITE_ONE, [entry.version, entry.hash, *entry.fact.stream, *_row(entry)])
        else:
            cursor.execute(_WRITE_MANY, [*_columns(_head_rows(heads)), *_columns([_row(entry) for entry in entries])])
    return entries


def _lock_heads(cursor: psycopg.Cursor[Row], streams: Sequence[Stream]) -> dict[Stream, _Head]:
    if len(streams) == 1:
        known = cursor.execute(_LOCK_HEAD, streams[0]).fetchall()
        if known:
            return _heads(known)
    # Born before locked: a transaction that waits here holds nothing but streams it created itself, so that
    # two batches with old and new streams in common cannot wait for each other.
    columns = _columns(streams)
    cursor.execute(_CREATE_HEADS, columns)
    return _heads(cursor.execute(_LOCK_HEADS, columns).fetchall())


def _heads(rows: Sequence[Row]) -> dict[Stream, _Head]:
    return {Stream(topic, aggregate_id): _Head(version, hash_) for topic, aggregate_id, version, hash_ in rows}


def _append(fact: Fact, head: _Head) -> LogEntry:
    recorded_at = clock.now()
    event_id = uuid7(recorded_at)
    head.version += 1
    head.hash = hash_of(head.hash, fact, event_id=event_id, version=head.version, recorded_at=recorded_at)
    return LogEntry(fact, event_id, head.version, recorded_at, head.hash)


def _head_rows(heads: dict[Stream, _Head]) -> list[Row]:
    return [(*stream, head.version, head.hash) for stream, head in heads.items()]


def _row(entry: LogEntry) -> Row:
    fact, context = entry.fact, entry.fact.context
    return (
        entry.recorded_at,
        entry.event_id,
        *fact.stream,
        entry.version,
        fact.type,
        fact.schema_fp,
        fact.published,
        str(context.actor),
        fact.why,
        context.correlation_id,
        context.causation_id,
        context.traceparent,
        fact.data,
        entry.hash,
    )


def _columns(rows: Sequence[Row]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
