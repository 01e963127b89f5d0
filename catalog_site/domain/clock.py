"""The one seam where time and chance come in."""

from datetime import UTC, datetime
from uuid import UUID, uuid4


def now() -> datetime:
    """This moment, aware, UTC."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """An id nobody can guess."""
    return uuid4()
