"""Which message of a batch caused which event: correlation kept although many are handled at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

from site_kit.context import Context, current
from site_kit.messaging.event import Event

_batch: ContextVar[Mapping[str, Context] | None] = ContextVar("messaging_causes", default=None)


@contextmanager
def caused_by(contexts: Mapping[str, Context]) -> Iterator[None]:
    """While a run of messages is handled: the context of each, by the aggregate id it told about."""
    token = _batch.set(contexts)
    try:
        yield
    finally:
        _batch.reset(token)


def context_of(event: Event) -> Context:
    """The context an emitted event belongs to.

    In a run of messages: that of the message about the same aggregate, else of one whose aggregate the event
    names in an id field (an `order_id`), else the work in hand. Outside a run: the work in hand.
    """
    contexts = _batch.get()
    if not contexts:
        return current()
    candidates = [event.aggregate_id, *_named_ids(event)]
    return next((contexts[name] for name in candidates if name in contexts), current())


def _named_ids(event: Any) -> list[str]:
    if not is_dataclass(event):
        return []
    values = (getattr(event, field.name) for field in fields(event))
    return [str(value) for value in values if isinstance(value, UUID)]
