"""Wait for what a test expects to become true, and no longer."""

import time
from collections.abc import Callable


def eventually(true: Callable[[], object], *, within_s: float = 15.0) -> None:
    """Return as soon as `true()` is; fail after `within_s`."""
    until_s = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until_s, f"not true within {within_s} s"
        time.sleep(0.02)
