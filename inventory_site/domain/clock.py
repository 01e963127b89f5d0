"""The seam where time and chance come in."""

from datetime import UTC, datetime
from secrets import token_urlsafe
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import DateTimeField, Func

DATABASE_NOW = Func(function="clock_timestamp", output_field=DateTimeField())
"""The moment a statement runs, inside a query; PostgreSQL's `now()` would be the transaction's start."""


def now() -> datetime:
    """This moment, aware, UTC, by the clock of this machine: for saying when something was booked."""
    return datetime.now(UTC)


def database_now() -> datetime:
    """This moment by the database's clock, the only one that judges whether a lease is over.

    Asked anew at every call, so that time spent waiting for a lock counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


def new_id() -> UUID:
    """An id nobody can guess."""
    return uuid4()


def new_token() -> str:
    """A secret nobody can guess, fit for addresses and headers."""
    return token_urlsafe(24)
