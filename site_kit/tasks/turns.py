"""Whose turn it is: claimed and given back in PostgreSQL, by the database's clock."""

from datetime import datetime

from django.db import connection

EARLY = 0.1  # a tick may come a tenth before its time without losing the turn,
EARLY_AT_MOST_S = 5.0  # but a daily one not by hours
RETRY_S = 60.0

CLAIM = """
INSERT INTO tasks_turn AS turn (name, begun_at, ended_at, fault)
VALUES (%(name)s, clock_timestamp(), NULL, '')
ON CONFLICT (name) DO UPDATE SET begun_at = clock_timestamp(), ended_at = NULL, fault = ''
WHERE turn.begun_at <= clock_timestamp() - make_interval(secs => %(due_after_s)s)
  AND (turn.ended_at IS NOT NULL OR turn.begun_at <= clock_timestamp() - make_interval(secs => %(at_most_s)s))
RETURNING begun_at
"""

# A fault moves the beginning back, so that the next try comes after RETRY_S and not only in a day.
GIVE_BACK = """
UPDATE tasks_turn SET
    ended_at = clock_timestamp(),
    fault = %(fault)s,
    begun_at = CASE WHEN %(fault)s = '' THEN begun_at
        ELSE clock_timestamp() - make_interval(secs => greatest(%(every_s)s - %(retry_s)s, 0)) END
WHERE name = %(name)s AND begun_at = %(begun_at)s
"""


def claim_turn(*, name: str, every_s: float, at_most_s: float) -> datetime | None:
    """The moment this turn began, or None when it is not due or somebody else has it.

    One statement, atomic between any number of workers. A turn nobody gave back is free after `at_most_s`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {"name": name, "due_after_s": every_s - min(every_s * EARLY, EARLY_AT_MOST_S), "at_most_s": at_most_s},
        )
        row = cursor.fetchone()
    return row[0] if row else None


def give_turn_back(*, name: str, begun_at: datetime, every_s: float, fault: str = "") -> None:
    """End the turn that began at `begun_at`; one that was taken over meanwhile is left alone.

    `fault` names the kind of error, never its text (which may hold personal data); the work is due again
    after a minute then.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            GIVE_BACK,
            {
                "name": name,
                "begun_at": begun_at,
                "every_s": every_s,
                "fault": fault[:200],
                "retry_s": min(RETRY_S, every_s),
            },
        )
