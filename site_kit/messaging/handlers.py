"""What a site writes to listen: handlers of decoded messages, and the locks they need."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model

E = TypeVar("E")
Wanted = Mapping[type[Model], Iterable[Any]]
Locks = Callable[[Sequence[E]], Wanted]


@dataclass(frozen=True, slots=True)
class Message(Generic[E]):
    """One event as it arrived, with its envelope.

    `version` counts the events of one aggregate from 1 without holes; `occurred_at` is aware UTC.
    """

    event: E
    event_id: UUID
    topic: str
    aggregate_id: str
    version: int
    occurred_at: datetime
    correlation_id: str
    causation_id: str | None


@dataclass(frozen=True, slots=True)
class Handler(Generic[E]):
    """A function the inbox calls, made by `bulk` or `single`."""

    run: Callable[[Sequence[Message[E]]], None]
    locks: Locks[E] | None
    name: str

    @property
    def shares_rows(self) -> bool:
        """Whether its batches hold rows that others want, and so must be short."""
        return self.locks is not None and self.locks is not no_shared_rows


class Awaiting(Exception):  # noqa: N818 - not an error: a message that came too early
    """Raised by a handler to say *not yet*: it needs another aggregate at this version or later.

    Everything the handler did is rolled back. The key of the message waits, is tried again when that
    stream moves and every 10 s, and alarms after 10 minutes. The site must listen to `topic`.
    """

    def __init__(self, topic: str, aggregate_id: object, version: int) -> None:
        super().__init__(f"waits for {topic} {aggregate_id} version {version}")
        self.topic = topic
        self.aggregate_id = str(aggregate_id)
        self.version = version


def no_shared_rows(events: Sequence[Any]) -> Wanted:
    """The locks of a handler whose rows belong to the event's own key, as a projection's do."""
    return {}


def bulk(handler: Callable[[Sequence[Message[E]]], None], locks: Locks[E] | None = None) -> Handler[E]:
    """Call `handler` with a run of messages of one type, in an order that keeps each key's own.

    `locks(events)` names the rows the handler will touch that other keys or HTTP requests touch too, as
    {model: natural keys}; the inbox takes them for the whole batch before any handler runs. Handlers
    that share no row say `locks=no_shared_rows`. Without `locks` every message gets a transaction of its own.
    """
    return Handler(run=handler, locks=locks, name=_name_of(handler))


def single(handler: Callable[[Message[E]], None], locks: Locks[E] | None = None) -> Handler[E]:
    """Call `handler` once per message; `locks` as in `bulk`."""

    def run(messages: Sequence[Message[E]]) -> None:
        for message in messages:
            handler(message)

    return Handler(run=run, locks=locks, name=_name_of(handler))


def _name_of(handler: Callable[..., None]) -> str:
    return getattr(handler, "__qualname__", repr(handler))
