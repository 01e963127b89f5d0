"""Waiting for what becomes true: a condition asked again and again, with a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

WITHIN_S = 30.0
BETWEEN_S = 0.05


def until(probe: Callable[[], T], *, said: str, within_s: float = WITHIN_S) -> T:
    """The first truthy answer of the probe. Raises AssertionError with what was waited for, and the last answer."""
    deadline = time.monotonic() + within_s
    while True:
        answer = probe()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"after {within_s:.0f} s still not: {said} (last answer: {answer!r})"
        time.sleep(BETWEEN_S)  # between two looks, never instead of one
