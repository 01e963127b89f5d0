"""What every generated event and every record in it can do."""

from typing import Any, ClassVar, Self, TypeVar

from shared_contracts.events import codec

Record = dict[str, Any]


class Part:
    """A record: an event itself, or one that is nested in an event."""

    __slots__ = ()

    def to_record(self) -> Record:
        """The fields in the form Avro writes; raises InvalidEvent naming the field that breaks its schema."""
        raise NotImplementedError

    @classmethod
    def from_record(cls, record: Record) -> Self:
        """The dataclass for a record that was read; nothing is checked again."""
        raise NotImplementedError


class Event(Part):
    """A fact one site tells the others. Frozen; two events with the same fields are equal."""

    __slots__ = ()

    TYPE: ClassVar[str]
    """Name of the record with its namespace: the header `ce_type`."""
    TOPIC: ClassVar[str]
    """Topic it is told on, without any prefix."""
    KEY: ClassVar[str]
    """Name of the field that holds the aggregate's id."""
    FINGERPRINT: ClassVar[str]
    """CRC-64-AVRO of the schema: the header `ce_schemafp`."""

    @property
    def aggregate_id(self) -> str:
        """Id of the aggregate as text: key of the message and header `ce_subject`."""
        return str(getattr(self, self.KEY))

    def to_bytes(self) -> bytes:
        """Bare Avro, checked field by field; raises InvalidEvent naming the field."""
        return codec.encode(self.TYPE, self.to_record())

    @classmethod
    def from_bytes(cls, data: bytes, writer_fingerprint: str | None = None) -> Self:
        """Read what was written with the schema of that fingerprint (None: with today's own).

        Raises UnreadableEvent (bytes of something else, cut or too long) or UnknownSchema.
        """
        writer = None if writer_fingerprint == cls.FINGERPRINT else writer_fingerprint
        return cls.from_record(codec.decode(cls.TYPE, data, writer))


P = TypeVar("P", bound=Part)


def parts(kind: type[P], records: list[Record]) -> tuple[P, ...]:
    """A list of nested records that was read."""
    return tuple([kind.from_record(record) for record in records])


def part_or_none(kind: type[P], record: Record | None) -> P | None:
    """A nested record that may be absent."""
    return None if record is None else kind.from_record(record)
