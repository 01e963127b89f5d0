"""The one place the bridge asks what time it is; tests put another clock here."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time as an aware UTC datetime."""
    return datetime.now(UTC)


def elapsed_s() -> float:
    """Seconds on a clock that never jumps; only differences mean anything."""
    return time.monotonic()
