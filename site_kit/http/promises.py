"""Promises that a test can break, to prove that the conformance suite would notice.

A promise stands at one function:

    @promise("hop_limit", broken=None)
    def refuse_far_travelled(request): ...

With "hop_limit" in settings.HTTP["BROKEN"] the function is not run; `broken` is answered instead (called with
the same arguments if it is callable). Outside of tests that setting is refused when the site starts.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from site_kit.http.options import options

P = ParamSpec("P")
R = TypeVar("R")

PROMISES: set[str] = set()


def promise(name: str, *, broken: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark the one function that keeps a promise; `broken` is the answer of its absence."""
    PROMISES.add(name)

    def marked(keep: Callable[P, R]) -> Callable[P, R]:
        @wraps(keep)
        def kept_or_not(*args: P.args, **kwargs: P.kwargs) -> R:
            if name not in options().broken:
                return keep(*args, **kwargs)
            return cast(R, broken(*args, **kwargs) if callable(broken) else broken)

        return kept_or_not

    return marked


def switch(name: str) -> Callable[[], bool]:
    """A promise that is one argument of a library's call: answers whether it is kept."""
    PROMISES.add(name)
    return lambda: name not in options().broken
