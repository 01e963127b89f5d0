"""Tell the other sites: the one way an event enters the log and the outbox."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from site_kit.context import current
from site_kit.messaging.causes import context_of
from site_kit.messaging.event import Event
from site_kit.messaging.event_log import Fact, LogEntry, Stream
from site_kit.messaging.log_writer import write_facts
from site_kit.messaging.wake import waker

LARGEST_EVENT_BYTES = 900_000
STAFF_CHANGED = "StaffChanged"
UNPUBLISHED = "internal."


class EventTooLarge(ValueError):  # noqa: N818 - named as the refusal it is
    """The event would not pass the broker; split it or let it refer to what it carries."""


class Emitted:
    """What became of one event; readable once it is written (at the end of `collected()`)."""

    __slots__ = ("_entry",)

    def __init__(self, entry: LogEntry | None = None) -> None:
        self._entry = entry

    @property
    def event_id(self) -> UUID:
        return self._written().event_id

    @property
    def version(self) -> int:
        return self._written().version

    def _written(self) -> LogEntry:
        if self._entry is None:
            raise RuntimeError("not written yet: events are collected until the end of the block")
        return self._entry


_Waiting = list[tuple[Fact, Emitted]]


@dataclass(slots=True)
class _Collection:
    """What is told in a `collected()` block: everything in order, then the last state of each aggregate."""

    waiting: _Waiting = field(default_factory=list)
    latest: dict[tuple[Stream, str], tuple[Fact, Emitted]] = field(default_factory=dict)


_collection: ContextVar[_Collection | None] = ContextVar("messaging_collection", default=None)


def emit(event: Event, *, why: str = "") -> Emitted:
    """Log an event and queue it for the other sites, in the transaction that changes the state.

    Who did it, and because of what, comes from `site_kit.context`; `why` is a reason given by a person.
    Touches neither broker nor registry nor Valkey. Not safe to repeat: each call is a new event.
    Raises RuntimeError outside a transaction, what `event.to_bytes` raises when a field does not fit its
    schema, EventTooLarge above 900 kB.
    """
    return emit_many([event], why=why)[0]


def emit_many(events: Sequence[Event], *, why: str = "") -> list[Emitted]:
    """`emit` for many events at the price of a few statements; versions follow the order given."""
    return _keep([_published(event, why) for event in events])


def emit_latest(event: Event, *, why: str = "") -> Emitted:
    """`emit` for an event that carries the full state of its aggregate: readers need the last one only.

    Inside `collected()` a later one of the same type and aggregate takes its place (the `Emitted` of the former is
    then never readable), and it is written after the other events of the block. Elsewhere the same as `emit`.
    """
    collection = _collection.get()
    if collection is None:
        return emit(event, why=why)
    _require_transaction()
    fact, result = _published(event, why), Emitted()
    collection.latest[fact.stream, fact.type] = fact, result
    return result


def log_staff_change(stream: str, subject_id: object, *, change: Mapping[str, Any], why: str = "") -> Emitted:
    """Log an internal change (a role, a rule, a parked key) that no other site hears about.

    It lives in a stream of its own, so that the versions of published aggregates keep no holes. `change` is
    JSON-ready and holds no personal data. Raises RuntimeError outside a transaction.
    """
    data = json.dumps(change, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":")).encode()
    where = Stream(f"{UNPUBLISHED}{stream}", str(subject_id))
    return _keep([Fact(where, STAFF_CHANGED, "", data, published=False, why=why, context=current())])[0]


@contextmanager
def collected() -> Iterator[None]:
    """Write everything emitted in this block once, at its end; nothing when it raises.

    Streams are then locked together and in order, which a series of single calls cannot promise. Blocks
    nest: the outermost writes.
    """
    if _collection.get() is not None:
        yield
        return
    collection = _Collection()
    token = _collection.set(collection)
    try:
        yield
    finally:
        _collection.reset(token)
    _write([*collection.waiting, *collection.latest.values()])


def _published(event: Event, why: str) -> Fact:
    data = event.to_bytes()
    if len(data) > LARGEST_EVENT_BYTES:
        raise EventTooLarge(f"{event.TYPE} {event.aggregate_id}: {len(data)} bytes, at most {LARGEST_EVENT_BYTES}")
    where = Stream(event.TOPIC, event.aggregate_id)
    return Fact(where, event.TYPE, event.FINGERPRINT, data, published=True, why=why, context=context_of(event))


def _keep(facts: Sequence[Fact]) -> list[Emitted]:
    _require_transaction()
    results = [(fact, Emitted()) for fact in facts]
    collection = _collection.get()
    if collection is None:
        _write(results)
    else:
        collection.waiting.extend(results)
    return [result for _, result in results]


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is emitted in the transaction that changes the state, and there is none")


def _write(results: _Waiting) -> None:
    if not results:
        return
    for entry, (_, emitted) in zip(write_facts([fact for fact, _ in results]), results, strict=True):
        emitted._entry = entry
    transaction.on_commit(waker.nudge, robust=True)
