"""How things stand in the database at this moment: what metrics, the start page and `verify` want to know."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from site_kit.messaging import clock

_STANDING = """
    SELECT
        (SELECT count(*) FROM (SELECT FROM messaging_outbox LIMIT 100001) AS pending),
        (SELECT recorded_at FROM messaging_outbox ORDER BY id LIMIT 1),
        (SELECT count(*) FROM messaging_unsendable),
        (SELECT count(*) FROM messaging_stalled_key WHERE state = 'waiting'),
        (SELECT count(*) FROM messaging_stalled_key WHERE state = 'parked'),
        (SELECT min(since) FROM messaging_stalled_key),
        (SELECT COALESCE(sum(greatest(end_offset - next_offset, 0)), 0) FROM messaging_consumer_offset),
        (SELECT count(*) FROM messaging_consumed_topic WHERE NOT is_present),
        (SELECT count(*) FROM messaging_consumed_topic WHERE alarm <> ''),
        EXISTS (SELECT FROM messaging_event_default) OR EXISTS (SELECT FROM messaging_inbox_default)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of one moment. `pending` is exact up to 100,000, and 100,001 beyond."""

    pending: int
    oldest_pending_at: datetime | None
    refused: int
    waiting_keys: int
    parked_keys: int
    oldest_stalled_at: datetime | None
    lag_records: int
    absent_topics: int
    topic_alarms: int
    misplaced_rows: bool

    @property
    def oldest_pending_s(self) -> float:
        """Age of the oldest event that is not sent yet, in seconds; 0 when there is none."""
        return _age_s(self.oldest_pending_at)

    @property
    def oldest_stalled_s(self) -> float:
        """How long the longest waiting or parked key has stood still, in seconds."""
        return _age_s(self.oldest_stalled_at)


def standing() -> Standing:
    """Read everything in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError("a SELECT without FROM always answers")
    return Standing(*row)


def _age_s(since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (clock.now() - since).total_seconds())
