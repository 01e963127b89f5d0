"""Wait for something to become true, never for time to pass."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LOOK_EVERY_S = 0.05


def until(look: Callable[[], T], *, within_s: float, what: str) -> T:
    """Look until the answer is true and return it. AssertionError naming `what` when it is not in time.

    At the end it is looked once more, so that a machine that was busy with something else is no reason to fail.
    """
    deadline = time.monotonic() + within_s
    while not (found := look()):
        if time.monotonic() > deadline:
            found = look()
            assert found, f"not within {within_s:g} s: {what}"
            return found
        time.sleep(LOOK_EVERY_S)
    return found
