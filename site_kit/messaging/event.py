"""What the bridge needs to know about an event and a catalogue of events; contracts implement it."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self


class Event(Protocol):
    """A fact in the past tense that can write itself as Avro."""

    TYPE: ClassVar[str]
    """Full record name, for example `example.shop.v1.OrderCreated`."""
    TOPIC: ClassVar[str]
    """Topic without any prefix; one topic per kind of aggregate."""
    FINGERPRINT: ClassVar[str]
    """CRC-64-AVRO of the schema's canonical form, 16 hexadecimal digits."""

    @property
    def aggregate_id(self) -> str:
        """The id of what changed; also the key of the record on the broker."""

    def to_bytes(self) -> bytes:
        """Bare Avro; raises when a field does not fit the schema."""

    @classmethod
    def from_bytes(cls, data: bytes, writer_fingerprint: str | None = None) -> Self:
        """Read Avro written with the schema of that fingerprint (None: this class's own)."""


class TopicPlan(Protocol):
    """How a topic is to be created, and by whom."""

    @property
    def name(self) -> str:
        """Without any prefix."""

    @property
    def site(self) -> str:
        """The site that publishes on it."""

    @property
    def partitions(self) -> int:
        """Fixed for ever: more partitions would move keys."""

    @property
    def retention_days(self) -> int:
        """How long the broker keeps records; the event log keeps them for ever."""


class Catalogue(Protocol):
    """All events a site knows, its own and others'."""

    EVENTS: Mapping[str, type[Any]]
    TOPICS: Mapping[str, TopicPlan]

    def published_by(self, site: str) -> tuple[type[Any], ...]:
        """The events a site emits."""

    def schema_json(self, type_name: str) -> str:
        """The current schema of an event as JSON text; raises KeyError for an unknown type."""

    def schema_by_fingerprint(self, fingerprint: str) -> Any:
        """A parsed schema, current or released earlier; raises KeyError when nobody knows it."""

    def learn(self, text: str) -> str:
        """Make a schema from elsewhere known to this process; returns its fingerprint."""
