"""A record from the broker, read as far as it can be read, before any transaction."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from site_kit.messaging.configuration import handlers
from site_kit.messaging.envelope import Envelope, Headers, Undecodable, read_envelope, split_value
from site_kit.messaging.event_log import Stream
from site_kit.messaging.handlers import Handler, Message
from site_kit.messaging.inbox.causes_of_stalling import Cause, undecodable, unknown_schema
from site_kit.messaging.inbox.writer_schemas import SchemaAway, know_schema


class Record(NamedTuple):
    """What the broker delivered; `topic` without any prefix."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class Arrival(NamedTuple):
    """A record with its meaning.

    Without `envelope` it has no place in its stream. `message` is there when the site listens to its type and
    the bytes could be read; `cause` says why it cannot be handled.
    """

    record: Record
    stream: Stream
    envelope: Envelope | None = None
    handler: Handler[Any] | None = None
    message: Message[Any] | None = None
    cause: Cause | None = None


Listening = Mapping[str, tuple[type[Any], Handler[Any]]]


def listening() -> Listening:
    """What this site has handlers for, by the name of the type."""
    return {kind.TYPE: (kind, handler) for kind, handler in handlers().items()}


def read(record: Record, heard: Listening) -> Arrival:
    """Read a record; what is wrong with it ends up in `cause`, never in an exception."""
    stream = Stream(record.topic, _aggregate_id(record))
    try:
        envelope = read_envelope(record.headers)
    except Undecodable as fault:
        return Arrival(record, stream, cause=undecodable(fault))
    if envelope.type not in heard:
        return Arrival(record, stream, envelope)
    kind, handler = heard[envelope.type]
    try:
        message = _message(record, stream, envelope, kind)
    except SchemaAway as fault:
        return Arrival(record, stream, envelope, handler, cause=unknown_schema(fault))
    except Exception as fault:
        return Arrival(record, stream, envelope, handler, cause=undecodable(fault))
    return Arrival(record, stream, envelope, handler, message)


def _aggregate_id(record: Record) -> str:
    if record.key is None:
        return f"without key: {record.partition}/{record.offset}"
    return record.key.decode(errors="replace").replace("\0", "�")


def _message(record: Record, stream: Stream, envelope: Envelope, kind: type[Any]) -> Message[Any]:
    registry_id, data = split_value(record.value)
    know_schema(envelope.schema_fp, registry_id)
    return Message(
        event=kind.from_bytes(data, envelope.schema_fp),
        event_id=envelope.event_id,
        topic=stream.topic,
        aggregate_id=stream.aggregate_id,
        version=envelope.version,
        occurred_at=envelope.occurred_at,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.causation_id,
    )


def listened_topics() -> set[str]:
    """The topics this site reads: those of the events it has handlers for."""
    return {kind.TOPIC for kind in handlers()}
