"""A fact, its place in history, and the hash that seals it there."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from site_kit.context import Context
from site_kit.messaging.chain import link, text


class Stream(NamedTuple):
    """The events of one aggregate; streams are always locked in ascending order."""

    topic: str
    aggregate_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, not yet logged. Unpublished facts stay in this site's log."""

    stream: Stream
    type: str
    schema_fp: str
    data: bytes
    published: bool
    why: str
    context: Context


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A fact with its place in history."""

    fact: Fact
    event_id: UUID
    version: int
    recorded_at: datetime
    hash: bytes


def hash_of(previous: bytes, fact: Fact, *, event_id: UUID, version: int, recorded_at: datetime) -> bytes:
    """The hash that seals a fact at its place; `previous` is empty for version 1."""
    context = fact.context
    return link(
        previous,
        (
            event_id.bytes,
            fact.stream.topic.encode(),
            fact.stream.aggregate_id.encode(),
            b"%d" % version,
            b"%.6f" % recorded_at.timestamp(),
            fact.type.encode(),
            fact.schema_fp.encode(),
            b"published" if fact.published else b"unpublished",
            str(context.actor).encode(),
            fact.why.encode(),
            context.correlation_id.encode(),
            text(context.causation_id),
            text(context.traceparent),
            fact.data,
        ),
    )
