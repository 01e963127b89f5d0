"""The inbox's own rows: offsets, ids, versions. Every function works inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from site_kit.messaging.database import Row, fast_cursor
from site_kit.messaging.event_log import Stream

Partition = tuple[str, int]

_SET_LIMITS = "SELECT set_config('statement_timeout', %s, true), set_config('lock_timeout', %s, true)"
_LOCK_OFFSETS = """
    SELECT topic, partition_number, next_offset FROM messaging_consumer_offset
    WHERE (topic, partition_number) IN (SELECT * FROM unnest(%b::text[], %b::int[]))
    ORDER BY topic, partition_number FOR NO KEY UPDATE
"""
_CREATE_OFFSETS = """
    INSERT INTO messaging_consumer_offset (topic, partition_number, next_offset)
    SELECT topic, number, 0 FROM unnest(%b::text[], %b::int[]) AS wanted (topic, number)
    ORDER BY topic, number ON CONFLICT DO NOTHING
"""
_SAVE_OFFSETS = """
    UPDATE messaging_consumer_offset AS kept SET next_offset = reached.next_offset
    FROM unnest(%b::text[], %b::int[], %b::bigint[]) AS reached (topic, number, next_offset)
    WHERE kept.topic = reached.topic AND kept.partition_number = reached.number
"""
_REMEMBER_IDS = """
    INSERT INTO messaging_inbox (event_id) SELECT * FROM unnest(%b::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id
"""
_VERSIONS = """
    SELECT topic, aggregate_id, version FROM messaging_inbox_stream
    WHERE (topic, aggregate_id) IN (SELECT * FROM unnest(%b::text[], %b::text[]))
"""
_SAVE_VERSIONS = """
    INSERT INTO messaging_inbox_stream (topic, aggregate_id, version)
    SELECT * FROM unnest(%b::text[], %b::text[], %b::int[]) ORDER BY 1, 2
    ON CONFLICT (topic, aggregate_id) DO UPDATE SET version = EXCLUDED.version
"""


def set_limits(*, statement_s: float, lock_s: float) -> None:
    """How long a statement, and the wait for a lock, may take until this transaction ends; 0 = no limit."""
    with fast_cursor() as cursor:
        cursor.execute(_SET_LIMITS, [str(int(statement_s * 1000)), str(int(lock_s * 1000))])


def lock_offsets(partitions: Iterable[Partition]) -> dict[Partition, int]:
    """Where reading of each partition goes on; two owners of a partition take turns at these rows."""
    chosen = _columns(sorted(set(partitions)), 2)
    with fast_cursor() as cursor:
        rows = cursor.execute(_LOCK_OFFSETS, chosen).fetchall()
        if len(rows) < len(chosen[0]):
            cursor.execute(_CREATE_OFFSETS, chosen)
            rows = cursor.execute(_LOCK_OFFSETS, chosen).fetchall()
    return {(topic, number): next_offset for topic, number, next_offset in rows}


def save_offsets(reached: Mapping[Partition, int]) -> None:
    """Remember where reading goes on."""
    with fast_cursor() as cursor:
        cursor.execute(_SAVE_OFFSETS, _columns([(*where, offset) for where, offset in reached.items()], 3))


def remember_ids(ids: Sequence[UUID]) -> set[UUID]:
    """Record event ids and return those that were not known yet."""
    if not ids:
        return set()
    with fast_cursor() as cursor:
        return {row[0] for row in cursor.execute(_REMEMBER_IDS, [list(ids)])}


def versions_of(streams: Iterable[Stream]) -> dict[Stream, int]:
    """The last version seen of each stream; new streams are absent."""
    with fast_cursor() as cursor:
        rows = cursor.execute(_VERSIONS, _columns(list(streams), 2)).fetchall()
    return {Stream(topic, aggregate_id): version for topic, aggregate_id, version in rows}


def save_versions(versions: Mapping[Stream, int]) -> None:
    """Remember the last version seen of each stream."""
    if not versions:
        return
    with fast_cursor() as cursor:
        cursor.execute(_SAVE_VERSIONS, _columns([(*stream, version) for stream, version in versions.items()], 3))


def _columns(rows: Sequence[Row], width: int) -> list[list[object]]:
    return [[row[i] for row in rows] for i in range(width)]
