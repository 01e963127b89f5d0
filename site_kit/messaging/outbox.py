"""Pointers to events the broker has not acknowledged yet. Every function works inside the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from site_kit.messaging import clock
from site_kit.messaging.database import fast_cursor
from site_kit.messaging.event_log import Stream

LARGEST_BATCH_BYTES = 8_000_000
IDLE_LIMIT = "10s"
_RELAY_LOCK = 0x0B0B

# The lock comes in a statement of its own: the next statement's snapshot is then younger than the last commit of
# whoever held it before, so that nothing is sent twice for want of a moment.
_LOCK = """
    SELECT set_config('idle_in_transaction_session_timeout', %s, true), pg_try_advisory_xact_lock(%s, 0)
"""
_PROBE = "SELECT EXISTS (SELECT 1 FROM messaging_outbox WHERE topic <> ALL (%b))"
# Materialised, or the planner may walk the whole log from its beginning.
_CLAIM = """
    WITH pointer AS MATERIALIZED (
        SELECT id, recorded_at, size FROM messaging_outbox WHERE topic <> ALL (%b) ORDER BY id LIMIT %s
    ), fitting AS MATERIALIZED (
        SELECT id, recorded_at, sum(size) OVER (ORDER BY id) - size AS bytes_before FROM pointer
    )
    SELECT event.id, event.topic, event.aggregate_id, event.version, event.event_id::text, event.type, event.schema_fp,
        event.recorded_at, event.correlation_id, event.causation_id, event.traceparent, event.data,
        EXISTS (
            SELECT 1 FROM messaging_unsendable AS aside
            WHERE aside.topic = event.topic AND aside.aggregate_id = event.aggregate_id
        ) AS set_aside
    FROM fitting JOIN messaging_event AS event ON event.id = fitting.id AND event.recorded_at = fitting.recorded_at
    WHERE fitting.bytes_before < %s ORDER BY event.id
"""
_FORGET = "DELETE FROM messaging_outbox WHERE id = ANY (%b)"
_SET_ASIDE = """
    WITH gone AS (DELETE FROM messaging_outbox WHERE id = ANY (%b) RETURNING id, recorded_at, size, topic)
    INSERT INTO messaging_unsendable (id, recorded_at, size, topic, aggregate_id, error, since)
    SELECT id, recorded_at, size, topic, %s, %s, %s FROM gone
"""
_PUT_BACK = """
    WITH back AS (
        DELETE FROM messaging_unsendable WHERE topic = %s AND aggregate_id = %s
        RETURNING id, recorded_at, size, topic
    )
    INSERT INTO messaging_outbox (id, recorded_at, size, topic) SELECT id, recorded_at, size, topic FROM back
"""
_WAIT_FOR_RELAY = "SELECT pg_advisory_xact_lock(%s, 0)"


class Claimed(NamedTuple):
    """An event of the log that is to be sent. `set_aside`: an earlier one of its stream was refused."""

    id: int
    topic: str
    aggregate_id: str
    version: int
    event_id: str
    type: str
    schema_fp: str
    occurred_at: datetime
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    data: bytes
    set_aside: bool

    @property
    def stream(self) -> Stream:
        return Stream(self.topic, self.aggregate_id)


def lock_relay() -> bool:
    """Become the only relay of this site until the transaction ends; False when somebody else is.

    The server ends the session after 10 s without a statement, so that a stopped process cannot keep the lock.
    """
    with fast_cursor() as cursor:
        row = cursor.execute(_LOCK, [IDLE_LIMIT, _RELAY_LOCK]).fetchone()
    return bool(row and row[1])


def has_pending(held_topics: Collection[str] = ()) -> bool:
    """Whether there is anything to send, topics that are held left out."""
    with fast_cursor() as cursor:
        row = cursor.execute(_PROBE, [list(held_topics)]).fetchone()
    return bool(row and row[0])


def claim(at_most: int, held_topics: Collection[str] = ()) -> list[Claimed]:
    """The oldest pending events by log id: the order in which they were decided, stream by stream."""
    with fast_cursor() as cursor:
        rows = cursor.execute(_CLAIM, [list(held_topics), at_most, LARGEST_BATCH_BYTES]).fetchall()
    return [Claimed._make(row) for row in rows]


def forget(ids: Sequence[int]) -> None:
    """Take pointers away: the broker has these events."""
    if ids:
        with fast_cursor() as cursor:
            cursor.execute(_FORGET, [list(ids)])


def set_aside(stream: Stream, ids: Sequence[int], error: str) -> None:
    """Move pointers of a stream out of the relay's way, to be seen and decided by staff."""
    with fast_cursor() as cursor:
        cursor.execute(_SET_ASIDE, [list(ids), stream.aggregate_id, error, clock.now()])


def put_back(stream: Stream) -> int:
    """Queue the events of a stream that were set aside again; returns how many.

    Waits for a relay at work, so that none of them is overtaken by a younger one of its stream.
    """
    with fast_cursor() as cursor:
        cursor.execute(_WAIT_FOR_RELAY, [_RELAY_LOCK])
        return cursor.execute(_PUT_BACK, stream).rowcount
