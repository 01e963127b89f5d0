"""Call the handlers of a portion: locks first, then run by run, and everything they tell at the end."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from site_kit.context import Actor, Context, acting
from site_kit.messaging.causes import caused_by
from site_kit.messaging.emit import collected
from site_kit.messaging.handlers import Message
from site_kit.messaging.inbox.arrivals import Arrival
from site_kit.messaging.inbox.portions import runs
from site_kit.messaging.locks import take_locks


def handle(arrivals: Sequence[Arrival]) -> None:
    """Let the handlers do their work for messages whose turn it is; inside the inbox's transaction."""
    if not arrivals:
        return
    grouped = runs(arrivals)
    take_locks(_wanted(grouped))
    with collected():
        for run in grouped:
            _call(run)


def _wanted(grouped: Sequence[Sequence[Arrival]]) -> dict[type[Model], set[Any]]:
    joined: dict[type[Model], set[Any]] = defaultdict(set)
    for run in grouped:
        handler = run[0].handler
        if handler is None or handler.locks is None:
            continue
        for model, keys in handler.locks([message.event for message in _messages(run)]).items():
            joined[model].update(keys)
    return dict(joined)


def _call(run: Sequence[Arrival]) -> None:
    handler = run[0].handler
    if handler is None:
        return
    about = {arrival.stream.aggregate_id: arrival for arrival in run}

    def cause(aggregate_id: str) -> Context | None:
        return _context(about[aggregate_id]) if aggregate_id in about else None

    with caused_by(cause), acting(**_fields(_context(run[-1]))):
        handler.run(_messages(run))


def _messages(run: Sequence[Arrival]) -> list[Message[Any]]:
    return [arrival.message for arrival in run if arrival.message is not None]


def _context(arrival: Arrival) -> Context:
    envelope = arrival.envelope
    if envelope is None:
        raise ValueError("a message without an envelope has no turn")
    return Context(
        correlation_id=envelope.correlation_id,
        causation_id=str(envelope.event_id),
        actor=Actor("event", envelope.type),
        traceparent=envelope.traceparent,
    )


def _fields(context: Context) -> dict[str, Any]:
    return {name: getattr(context, name) for name in ("correlation_id", "causation_id", "actor", "traceparent")}
