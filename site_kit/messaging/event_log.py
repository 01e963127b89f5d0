"""The only writer of the event log: versions, ids, hash chain and outbox pointers, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import psycopg

from site_kit.context import Context
from site_kit.messaging import clock
from site_kit.messaging.chain import link
from site_kit.messaging.database import Row, fast_cursor
from site_kit.messaging.identifiers import uuid7


class Stream(NamedTuple):
    """The events of one aggregate; streams are always locked in ascending order."""

    topic: str
    aggregate_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, not yet logged. Unpublished facts stay in this site's log."""

    stream: Stream
    type: str
    schema_fp: str
    data: bytes
    published: bool
    why: str
    context: Context


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A fact with its place in history."""

    fact: Fact
    event_id: UUID
    version: int
    recorded_at: datetime
    hash: bytes


@dataclass(slots=True)
class _Head:
    version: int
    hash: bytes


_CREATE_HEADS = """
    INSERT INTO messaging_stream (topic, aggregate_id, version, head_hash)
    SELECT topic, aggregate_id, 0, ''::bytea FROM unnest(%s::text[], %s::text[]) AS wanted (topic, aggregate_id)
    ON CONFLICT DO NOTHING
"""
_LOCK_HEADS = """
    SELECT topic, aggregate_id, version, head_hash FROM messaging_stream
    WHERE (topic, aggregate_id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
    ORDER BY topic, aggregate_id FOR NO KEY UPDATE
"""
_LOCK_HEAD = """
    SELECT topic, aggregate_id, version, head_hash FROM messaging_stream
    WHERE topic = %s AND aggregate_id = %s FOR NO KEY UPDATE
"""
_WRITE = """
    WITH heads AS (
        UPDATE messaging_stream AS stream SET version = head.version, head_hash = head.hash
        FROM unnest(%s::text[], %s::text[], %s::int[], %s::bytea[]) AS head (topic, aggregate_id, version, hash)
        WHERE stream.topic = head.topic AND stream.aggregate_id = head.aggregate_id
    ), logged AS (
        INSERT INTO messaging_event (recorded_at, event_id, topic, aggregate_id, version, type, schema_fp, published,
            actor, why, correlation_id, causation_id, traceparent, data, hash)
        SELECT recorded_at, event_id, topic, aggregate_id, version, type, schema_fp, published,
            actor, why, correlation_id, causation_id, traceparent, data, hash
        FROM unnest(%s::timestamptz[], %s::uuid[], %s::text[], %s::text[], %s::int[], %s::text[], %s::text[],
            %s::bool[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[])
            WITH ORDINALITY AS fact (recorded_at, event_id, topic, aggregate_id, version, type, schema_fp, published,
            actor, why, correlation_id, causation_id, traceparent, data, hash, position)
        ORDER BY position
        RETURNING id, recorded_at, published, topic, octet_length(data) AS size
    )
    INSERT INTO messaging_outbox (id, recorded_at, size, topic)
    SELECT id, recorded_at, size, topic FROM logged WHERE published
"""


def write_facts(facts: Sequence[Fact]) -> list[LogEntry]:
    """Log facts in the order given and point the outbox at the published ones.

    The row of every stream is locked first, in ascending order, and event ids are drawn under those locks:
    whoever holds the lock decides what comes next, so the order by log id is the order by version for ever.
    Must run inside a transaction; nothing is safe to repeat.
    """
    with fast_cursor() as cursor:
        heads = _lock_heads(cursor, sorted({fact.stream for fact in facts}))
        entries = [_append(fact, heads[fact.stream]) for fact in facts]
        cursor.execute(_WRITE, [*_head_columns(heads), *_log_columns(entries)])
    return entries


def _lock_heads(cursor: psycopg.Cursor[Row], streams: Sequence[Stream]) -> dict[Stream, _Head]:
    if len(streams) == 1:
        known = cursor.execute(_LOCK_HEAD, streams[0]).fetchall()
        if known:
            return _heads(known)
    # Born before locked: a transaction that waits here holds nothing but streams it created itself, so that
    # two batches with old and new streams in common cannot wait for each other.
    columns = [list(column) for column in zip(*streams, strict=True)]
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


def hash_of(previous: bytes, fact: Fact, *, event_id: UUID, version: int, recorded_at: datetime) -> bytes:
    """The hash that seals a fact at its place; `previous` is empty for version 1."""
    context = fact.context
    return link(
        previous,
        [
            event_id,
            *fact.stream,
            version,
            recorded_at,
            fact.type,
            fact.schema_fp,
            "published" if fact.published else "unpublished",
            str(context.actor),
            fact.why,
            context.correlation_id,
            context.causation_id,
            context.traceparent,
            fact.data,
        ],
    )


def _head_columns(heads: dict[Stream, _Head]) -> list[list[object]]:
    rows = [(*stream, head.version, head.hash) for stream, head in heads.items()]
    return [list(column) for column in zip(*rows, strict=True)]


def _log_columns(entries: Sequence[LogEntry]) -> list[list[object]]:
    rows = [
        (
            entry.recorded_at,
            entry.event_id,
            *entry.fact.stream,
            entry.version,
            entry.fact.type,
            entry.fact.schema_fp,
            entry.fact.published,
            str(entry.fact.context.actor),
            entry.fact.why,
            entry.fact.context.correlation_id,
            entry.fact.context.causation_id,
            entry.fact.context.traceparent,
            entry.fact.data,
            entry.hash,
        )
        for entry in entries
    ]
    return [list(column) for column in zip(*rows, strict=True)]
