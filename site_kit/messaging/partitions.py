"""Partitions of the event log and the inbox: made ahead by the owner's function, dropped when they may go."""

from django.db import connection

DAYS_AHEAD = 60
INBOX_DAYS_KEPT = 14


def keep_partitions() -> int:
    """Make the partitions of the next 60 days and drop inbox days older than 14; returns how many were made.

    Safe to repeat; works as the runtime role too, because the function belongs to the owner.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT messaging_keep_partitions(%s, %s)", [DAYS_AHEAD, INBOX_DAYS_KEPT])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
