"""Who is acting, and because of what: carried from request to event to consumer to log line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import uuid4

ActorKind = Literal["staff", "client", "system", "event"]
SANE_ID = re.compile(r"[A-Za-z0-9._:=+-]{1,128}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that changes state; `id` is opaque and never personal data."""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Context:
    """What every event, log line and outgoing call of one piece of work has in common."""

    correlation_id: str
    causation_id: str | None = None
    actor: Actor = Actor("system", "unknown")
    hop_count: int = 0
    traceparent: str | None = None


_context: ContextVar[Context | None] = ContextVar("site_kit_context", default=None)


def known() -> Context | None:
    """The context of the work in hand, if somebody announced it; asking starts nothing (log lines ask)."""
    return _context.get()


def current() -> Context:
    """The context of the work in hand; work that nobody announced gets a fresh correlation id."""
    context = _context.get()
    if context is None:
        context = Context(correlation_id=str(uuid4()))
        _context.set(context)
    return context


def correlation_id_from(given: str | None) -> str:
    """An X-Request-ID from outside, if it is at most 128 letters, digits or `._:=+-`; else a new id."""
    return given if given and SANE_ID.fullmatch(given) else str(uuid4())


@contextmanager
def acting(**changes: Any) -> Iterator[Context]:
    """Work as somebody else, or because of something else, until the block ends.

    Takes the fields of `Context`; those not given are inherited. Outside of any context
    `correlation_id` is drawn anew.
    """
    known = _context.get() or Context(correlation_id=str(uuid4()))
    token = _context.set(replace(known, **changes))
    try:
        yield current()
    finally:
        _context.reset(token)
