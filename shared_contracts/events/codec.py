"""Bare Avro in and out: a record to bytes, bytes to a record. No framing, no registry."""

from io import BytesIO
from typing import Any

from fastavro import schemaless_reader, schemaless_writer
from fastavro.read import SchemaResolutionError

from shared_contracts.events import schemas
from shared_contracts.events.errors import EventError, InvalidEvent, UnknownEventType, UnknownSchema, UnreadableEvent

__all__ = [
    "EventError",
    "InvalidEvent",
    "UnknownEventType",
    "UnknownSchema",
    "UnreadableEvent",
    "decode",
    "encode",
    "read",
]

# What fastavro lets through when bytes are cut, swapped, random, or meant for a schema that cannot be resolved.
_BROKEN_BYTES = (EOFError, IndexError, ValueError, ArithmeticError, SchemaResolutionError)


def encode(type_name: str, record: dict[str, Any]) -> bytes:
    """The bytes of a record whose fields were checked, and brought into wire form, by `to_record`."""
    buffer = BytesIO()
    schemaless_writer(buffer, schemas.wire_schema_of(type_name), record)
    return buffer.getvalue()


def decode(type_name: str, data: bytes, writer_fingerprint: str | None = None) -> dict[str, Any]:
    """The record in the shape of today's schema, whatever schema it was written with.

    `writer_fingerprint` None means today's own. Raises UnknownSchema when nobody here knows it, UnreadableEvent
    when the bytes are no such record: cut, too long, or of another event.
    """
    if writer_fingerprint is None:
        return read(type_name, data, schemas.schema_of(type_name), None)
    writer = schemas.schema_by_fingerprint(writer_fingerprint)
    if writer.get("name") != type_name:
        raise UnreadableEvent(f"{type_name}: the bytes were written as {writer.get('name')}")
    return read(type_name, data, writer, schemas.schema_of(type_name))


def read(type_name: str, data: bytes, writer: schemas.Schema, reader: schemas.Schema | None = None) -> dict[str, Any]:
    """The record that one parsed schema wrote, in the shape of another; all of the bytes, or UnreadableEvent."""
    buffer = BytesIO(data)
    try:
        record: Any = schemaless_reader(buffer, writer, reader)
    except _BROKEN_BYTES as fault:
        raise UnreadableEvent(f"{type_name}: {len(data)} bytes are no such record ({type(fault).__name__})") from fault
    if buffer.tell() != len(data):
        raise UnreadableEvent(f"{type_name}: {len(data) - buffer.tell()} bytes too many")
    return dict(record)
