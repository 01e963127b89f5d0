"""The envelope of an event on the wire: CloudEvents headers in Kafka's binary mode, and the bytes before the Avro."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from struct import Struct
from typing import NamedTuple, Protocol
from uuid import UUID

Headers = Sequence[tuple[str, bytes | None]]

CONTENT_TYPE = b"application/avro"
_MAGIC = 0
_PREFIX = Struct(">bI")
_TO_MICROSECONDS = len("2026-01-01T00:00:00.000000")  # what follows is the zone, and that is UTC
_REQUIRED = ("ce_id", "ce_type", "ce_sequence", "ce_time", "ce_schemafp")


class Undecodable(ValueError):  # noqa: N818 - says what the bytes are
    """The record does not keep the delivery promise; trying again does not help."""


class Envelope(NamedTuple):
    """What the headers say about an event. `version` counts the events of the aggregate from 1."""

    event_id: UUID
    type: str
    version: int
    occurred_at: datetime
    correlation_id: str
    causation_id: str | None
    schema_fp: str
    traceparent: str | None


class Enveloped(Protocol):
    """Whatever knows the envelope of an event: an `Envelope`, or a row of the outbox as it is claimed."""

    @property
    def event_id(self) -> UUID | str: ...
    @property
    def type(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def correlation_id(self) -> str: ...
    @property
    def causation_id(self) -> str | None: ...
    @property
    def schema_fp(self) -> str: ...
    @property
    def traceparent(self) -> str | None: ...


def headers_for(envelope: Enveloped, *, source: str, subject: str) -> list[tuple[str, str | bytes | None]]:
    """The headers of one record; `subject` is the aggregate id, which is also the record's key."""
    headers: list[tuple[str, str | bytes | None]] = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(envelope.event_id)),
        ("ce_source", source),
        ("ce_type", envelope.type),
        ("ce_subject", subject),
        ("ce_time", envelope.occurred_at.isoformat(timespec="microseconds")[:_TO_MICROSECONDS] + "Z"),
        ("ce_sequence", str(envelope.version)),
        ("ce_correlationid", envelope.correlation_id),
        ("ce_schemafp", envelope.schema_fp),
        ("content-type", CONTENT_TYPE),
    ]
    if envelope.causation_id is not None:
        headers.append(("ce_causationid", envelope.causation_id))
    if envelope.traceparent is not None:
        headers.append(("traceparent", envelope.traceparent))
    return headers


def read_envelope(headers: Headers) -> Envelope:
    """The envelope of a record. Raises Undecodable naming the header that is missing or makes no sense."""
    given = {name: value for name, value in headers if value is not None}
    missing = [name for name in _REQUIRED if name not in given]
    if missing:
        raise Undecodable(f"without header {', '.join(missing)}")
    try:
        return _envelope(given)
    except ValueError as nonsense:
        raise Undecodable(f"headers make no sense: {nonsense}") from nonsense


def _envelope(given: Mapping[str, bytes]) -> Envelope:
    version = int(given["ce_sequence"])
    if not 0 < version < 2**31:
        raise Undecodable(f"ce_sequence {version} is no version")
    return Envelope(
        event_id=UUID(given["ce_id"].decode()),
        type=given["ce_type"].decode(),
        version=version,
        occurred_at=_moment(given["ce_time"].decode()),
        correlation_id=given.get("ce_correlationid", given["ce_id"]).decode(),
        causation_id=_text(given.get("ce_causationid")),
        schema_fp=given["ce_schemafp"].decode(),
        traceparent=_text(given.get("traceparent")),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise Undecodable(f"ce_time {text} is in no time zone")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def prefix_for(registry_id: int) -> bytes:
    """The five bytes in front of the Avro: Confluent's magic byte and the schema's id in the registry."""
    return _PREFIX.pack(_MAGIC, registry_id)


def split_value(value: bytes | None) -> tuple[int, bytes]:
    """The schema's registry id and the bare Avro of a record's value. Raises Undecodable."""
    if value is None:
        raise Undecodable("without a value")
    if len(value) < _PREFIX.size:
        raise Undecodable(f"{len(value)} bytes are no event")
    magic, registry_id = _PREFIX.unpack_from(value)
    if magic != _MAGIC:
        raise Undecodable(f"magic byte {magic}, not {_MAGIC}")
    return registry_id, value[_PREFIX.size :]
