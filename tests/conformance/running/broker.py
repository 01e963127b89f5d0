"""What a third party sees and does on the broker: reads every record of some topics, tells facts as another site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import pack
from typing import Any, Self
from uuid import UUID, uuid4

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._config import ConfigResource
from confluent_kafka.admin._resource import ResourceType
from confluent_kafka.cimpl import NewTopic

from shared_contracts.events.catalogue import TOPICS, event_type
from shared_contracts.events.event import Event
from site_kit.messaging.identifiers import uuid7
from tests.conformance.running.waiting import until

SCHEMA_NUMBER = 1  # of no meaning: whoever knows the fingerprint asks no registry
ARRIVAL_S = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """A record as it lies on the broker; `headers` in their order."""

    topic: str
    partition: int
    key: bytes
    value: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, message: Message) -> Self:
        """A record that was read."""
        headers: Any = message.headers() or []
        return cls(
            topic=str(message.topic()),
            partition=int(message.partition() or 0),
            key=_bytes(message.key()),
            value=_bytes(message.value()),
            headers=tuple((name, value.decode()) for name, value in headers),
        )

    def __getitem__(self, header: str) -> str:
        """A header's value. Raises KeyError."""
        return dict(self.headers)[header]

    @property
    def sequence(self) -> int:
        """The version in the aggregate's stream."""
        return int(self["ce_sequence"])

    @property
    def event(self) -> Event:
        """What it says."""
        return event_type(self["ce_type"]).from_bytes(self.value[5:], self["ce_schemafp"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A fact to be told as another site: its place in its stream, and what makes it odd where something shall."""

    event: Event
    version: int
    event_id: UUID
    correlation_id: str
    value: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        event: Event,
        *,
        version: int,
        drawn_at: datetime | None = None,
        correlation_id: str = "",
        value: bytes | None = None,
    ) -> Self:
        """The record of an event; `drawn_at` dates its id, `value` stands instead of its bytes."""
        now = datetime.now(UTC)
        event_id, correlation = uuid7(drawn_at or now), correlation_id or str(uuid4())
        headers = {
            "ce_specversion": "1.0",
            "ce_id": str(event_id),
            "ce_source": f"/{TOPICS[event.TOPIC].site}",
            "ce_type": event.TYPE,
            "ce_subject": event.aggregate_id,
            "ce_time": now.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "ce_sequence": str(version),
            "ce_correlationid": correlation,
            "ce_schemafp": event.FINGERPRINT,
            "content-type": "application/avro",
        }
        return cls(
            event=event,
            version=version,
            event_id=event_id,
            correlation_id=correlation,
            value=pack(">bI", 0, SCHEMA_NUMBER) + event.to_bytes() if value is None else value,
            headers=tuple(headers.items()),
        )


class Broker:
    """The real broker, without a wire; topics carry the prefix of one site under test. `close` it."""

    def __init__(self, brokers: str, prefix: str) -> None:
        self.prefix = prefix
        self._brokers = brokers
        self._admin = AdminClient({"bootstrap.servers": brokers, "log_level": 0})
        self._producer = Producer(
            {"bootstrap.servers": brokers, "partitioner": "murmur2_random", "linger.ms": 0, "log_level": 0}
        )
        self._reader: Consumer | None = None
        self._read: list[Told] = []
        self._followed: set[str] = set()

    def topics(self) -> Mapping[str, int]:
        """The topics with this prefix, without it, and how many partitions each has."""
        there = self._admin.list_topics(timeout=10).topics
        return {
            name.removeprefix(self.prefix): len(topic.partitions)
            for name, topic in there.items()
            if name.startswith(self.prefix)
        }

    def settings_of(self, topic: str) -> Mapping[str, str]:
        """The configuration of a topic."""
        resource = ConfigResource(ResourceType.TOPIC, self.prefix + topic)
        found = self._admin.describe_configs([resource])[resource].result(10)
        return {name: str(entry.value) for name, entry in found.items()}

    def create(self, topics: Iterable[str]) -> None:
        """Make topics as their owners would."""
        wanted = [NewTopic(self.prefix + name, num_partitions=TOPICS[name].partitions) for name in topics]
        for made in self._admin.create_topics(wanted).values() if wanted else ():
            made.result(20)
        names = {topic.topic for topic in wanted}
        until(
            lambda: names <= {self.prefix + name for name in self.topics()}, within_s=10, what=f"topics {sorted(names)}"
        )

    def tell(self, *tellings: Telling) -> None:
        """Send records, in order, and wait until the broker has them."""
        for telling in tellings:
            self._producer.produce(
                self.prefix + telling.event.TOPIC,
                telling.value,
                telling.event.aggregate_id,
                headers=list(telling.headers),
            )
        assert self._producer.flush(ARRIVAL_S) == 0, "the broker takes what another site tells"

    def repeat(self, records: Iterable[Told]) -> None:
        """Send records once more, byte by byte, each to the partition it came from."""
        for record in records:
            self._producer.produce(
                record.topic, record.value, record.key, partition=record.partition, headers=list(record.headers)
            )
        assert self._producer.flush(ARRIVAL_S) == 0, "the broker takes repetitions"

    def told(self, topic: str, key: str = "") -> list[Told]:
        """What is on a topic by now (of one key), in the order of its partitions."""
        self._follow(topic)
        self._read_on()
        name = self.prefix + topic
        return [one for one in self._read if one.topic == name and (not key or one.key == key.encode())]

    def arrived(self, topic: str, key: str, *, at_least: int = 1, within_s: float = ARRIVAL_S) -> list[Told]:
        """Wait for that many records of a key and return all there are."""

        def look() -> Sequence[Told]:
            found = self.told(topic, key)
            return found if len(found) >= at_least else ()

        return list(until(look, within_s=within_s, what=f"{at_least} records of {topic} {key}"))

    def ends(self, topic: str) -> dict[int, int]:
        """The offset behind the last record of each partition that has any."""
        if self._reader is None:
            self._follow(topic)
        assert self._reader is not None
        name, found = self.prefix + topic, {}
        for number in range(self.topics()[topic]):
            _, found[number] = self._reader.get_watermark_offsets(TopicPartition(name, number), timeout=10)
        return {number: end for number, end in found.items() if end}

    def remove_topics(self) -> None:
        """Leave nothing behind."""
        if names := [self.prefix + name for name in self.topics()]:
            for gone in self._admin.delete_topics(names).values():
                gone.result(20)

    def close(self) -> None:
        """Hang up."""
        if self._reader is not None:
            self._reader.close()

    def _follow(self, topic: str) -> None:
        if topic in self._followed or topic not in self.topics():
            return
        if self._reader is None:
            group = {"group.id": f"{self.prefix}tap", "enable.auto.commit": False, "log_level": 0}
            self._reader = Consumer({"bootstrap.servers": self._brokers, "fetch.wait.max.ms": 20, **group})
        count = TOPICS[topic].partitions
        there = self.topics()[topic]
        places = [TopicPartition(self.prefix + topic, n, OFFSET_BEGINNING) for n in range(min(count, there) or count)]
        self._reader.incremental_assign(places)
        self._followed.add(topic)

    def _read_on(self) -> None:
        if self._reader is None:
            return
        timeout_s = 0.1
        while (message := self._reader.poll(timeout_s)) is not None:
            if (error := message.error()) is not None:
                raise KafkaException(error)
            self._read.append(Told.of(message))
            timeout_s = 0.01


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value or b"")
