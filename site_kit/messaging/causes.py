"""Which message of a batch caused which event: correlation kept although many are handled at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

from site_kit.context import Context, current
from site_kit.messaging.event import Event

Causes = Callable[[str], Context | None]
"""The context of a message of the run, by the aggregate id it told about."""

_batch: ContextVar[Causes | None] = ContextVar("messaging_causes", default=None)


@contextmanager
def caused_by(causes: Causes) -> Iterator[None]:
    """While a run of messages is handled: where events look for the one that caused them."""
    token = _batch.set(causes)
    try:
        yield
    finally:
        _batch.reset(token)


def context_of(event: Event) -> Context:
    """The context an emitted event belongs to.

    In a run of messages: that of the message about the same aggregate, else of one whose aggregate the event
    names in an id field (an `order_id`), else the work in hand. Outside a run: the work in hand.
    """
    causes = _batch.get()
    if causes is None:
        return current()
    candidates = (causes(name) for name in [event.aggregate_id, *_named_ids(event)])
    return next((context for context in candidates if context is not None), None) or current()


def _named_ids(event: Any) -> list[str]:
    if not is_dataclass(event):
        return []
    values = (getattr(event, field.name) for field in fields(event))
    return [str(value) for value in values if isinstance(value, UUID)]
