"""Stalled keys and the messages that stand in line behind them, as rows. Works inside the caller's transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from site_kit.messaging.database import fast_cursor
from site_kit.messaging.envelope import Headers
from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox.arrivals import Arrival, Record
from site_kit.messaging.inbox.causes_of_stalling import Cause, Reason, State
from site_kit.messaging.models import StalledKey, StalledMessage

TRY_AGAIN = timedelta(seconds=10)

_ANY = "SELECT EXISTS (SELECT FROM messaging_stalled_key)"
# KEY SHARE stands beside the NO KEY UPDATE of somebody working through the line, and before the DELETE that ends
# it: a message can always be put behind a key, and never behind a key that is just going.
_SHARE_KEYS = """
    SELECT topic, aggregate_id FROM messaging_stalled_key
    WHERE (topic, aggregate_id) IN (SELECT * FROM unnest(%b::text[], %b::text[]))
    ORDER BY topic, aggregate_id FOR KEY SHARE
"""
_WAKE_AWAITING = """
    UPDATE messaging_stalled_key AS stalled SET next_try_at = %s
    FROM unnest(%b::text[], %b::text[], %b::int[]) AS moved (topic, aggregate_id, version)
    WHERE stalled.state = 'waiting' AND stalled.awaits_topic = moved.topic
        AND stalled.awaits_aggregate_id = moved.aggregate_id AND stalled.awaits_version <= moved.version
"""


def any_stalled() -> bool:
    """Whether any key of the site stands still. After the offsets are locked: nobody else stalls keys of theirs."""
    with fast_cursor() as cursor:
        row = cursor.execute(_ANY).fetchone()
    return bool(row and row[0])


def stalled_among(streams: Iterable[Stream]) -> set[Stream]:
    """Which of these streams are stalled; they stay so until the transaction ends."""
    chosen = sorted(streams)
    with fast_cursor() as cursor:
        rows = cursor.execute(_SHARE_KEYS, [[s.topic for s in chosen], [s.aggregate_id for s in chosen]]).fetchall()
    return {Stream(*row) for row in rows}


def stall(stopped: Sequence[tuple[Arrival, Cause | None]], *, now: datetime) -> None:
    """Put messages in line, and stop the keys of those that come with a cause."""
    if not stopped:
        return
    keys = [_key(arrival.stream, cause, now) for arrival, cause in stopped if cause is not None]
    StalledKey.objects.bulk_create(keys, ignore_conflicts=True)
    StalledMessage.objects.bulk_create([_message(arrival, now) for arrival, _ in stopped], ignore_conflicts=True)
    filled = {arrival.stream for arrival, cause in stopped if cause is None}
    for stream in sorted(filled):
        StalledKey.objects.filter(**stream._asdict(), reason=Reason.GAP).update(next_try_at=now)


def wake_awaiting(moved: Mapping[Stream, int], *, now: datetime) -> int:
    """Let keys that wait for one of these streams be tried at once; returns how many."""
    if not moved:
        return 0
    rows = [(*stream, version) for stream, version in moved.items()]
    with fast_cursor() as cursor:
        return cursor.execute(_WAKE_AWAITING, [now, *map(list, zip(*rows, strict=True))]).rowcount


def _key(stream: Stream, cause: Cause, now: datetime) -> StalledKey:
    return StalledKey(**stream._asdict(), since=now, **fields_of(cause, now=now))


def fields_of(cause: Cause, *, now: datetime) -> dict[str, Any]:
    """The columns of a stalled key that a cause decides."""
    awaits = cause.awaits or (None, None, None)
    return {
        "state": cause.state.value,
        "reason": cause.reason.value,
        "next_try_at": now + TRY_AGAIN if cause.state is State.WAITING else None,
        "awaits_topic": awaits[0],
        "awaits_aggregate_id": awaits[1],
        "awaits_version": awaits[2],
        "error_class": cause.error_class,
        "error": cause.error,
        "traceback": cause.traceback,
    }


def _message(arrival: Arrival, now: datetime) -> StalledMessage:
    record, envelope = arrival.record, arrival.envelope
    return StalledMessage(
        **arrival.stream._asdict(),
        version=envelope.version if envelope else None,
        event_id=envelope.event_id if envelope else None,
        type=envelope.type if envelope else "",
        partition_number=record.partition,
        record_offset=record.offset,
        headers=_headers_to_text(record.headers),
        key=record.key,
        value=record.value,
        stalled_at=now,
    )


def record_of(message: StalledMessage) -> Record:
    """The record as it came from the broker."""
    return Record(
        topic=message.topic,
        partition=message.partition_number,
        offset=message.record_offset,
        key=None if message.key is None else bytes(message.key),
        value=None if message.value is None else bytes(message.value),
        headers=_headers_from_text(message.headers),
    )


def _headers_to_text(headers: Headers) -> str:
    return json.dumps([(name, None if value is None else value.decode("latin-1")) for name, value in headers])


def _headers_from_text(text: str) -> Headers:
    return [(name, None if value is None else value.encode("latin-1")) for name, value in json.loads(text)]


def database_answers() -> bool:
    """Whether the database does simple things, so that what took too long was not its fault."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())
