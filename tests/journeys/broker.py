"""The broker as another site sees it: hearing what is told, and telling what orders would tell.

Built with the contracts and confluent-kafka alone.
"""

import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

import requests
from confluent_kafka import Consumer, Message, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from shared_contracts.events.catalogue import TOPICS, event_type, schema_json
from shared_contracts.events.event import Event

E = TypeVar("E", bound=Event)

WITHIN_S = 30.0
MAGIC_BYTES = 5
"""In front of the Avro: a zero and the schema's id in the registry."""


@dataclass(frozen=True)
class Heard(Generic[E]):
    """One event with what its headers say."""

    event: E
    event_id: str
    version: int
    correlation_id: str
    causation_id: str | None


class Listener:
    """Hears every topic from its first record. Not for several threads."""

    def __init__(self, brokers: str, topics: Iterable[str]) -> None:
        self._heard: list[Heard[Event]] = []
        self._consumer = Consumer(
            {
                "bootstrap.servers": brokers,
                "group.id": f"journeys-{uuid.uuid4().hex}",
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "allow.auto.create.topics": False,
                "topic.metadata.refresh.interval.ms": 1000,
            }
        )
        self._consumer.subscribe(list(topics))

    def wait_for(
        self, kind: type[E], fits: Callable[[E], bool] = lambda event: True, *, within_s: float = WITHIN_S
    ) -> Heard[E]:
        """The first event of this kind that fits, heard before or from now on. Raises AssertionError."""
        deadline = time.monotonic() + within_s
        seen = 0
        while True:
            for heard in self._heard[seen:]:
                if isinstance(heard.event, kind) and fits(heard.event):
                    return heard  # type: ignore[return-value]  # its event was just seen to be an E
            seen = len(self._heard)
            assert time.monotonic() < deadline, f"no fitting {kind.__name__} within {within_s:.0f} s"
            self._listen()

    def all_of(self, kind: type[E], fits: Callable[[E], bool] = lambda event: True) -> list[E]:
        """What was heard of this kind so far, in order."""
        return [heard.event for heard in self._heard if isinstance(heard.event, kind) and fits(heard.event)]

    def close(self) -> None:
        """Leave the broker."""
        self._consumer.close()

    def _listen(self) -> None:
        for message in self._consumer.consume(500, 0.2):
            if message.error() is None:
                self._heard.append(_decoded(message))


class Orders:
    """What the orders site tells, before that site exists: its topic, its schemas, its records."""

    def __init__(self, brokers: str, registry: str) -> None:
        self._registry = registry
        self._versions: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        self._producer = Producer(
            {"bootstrap.servers": brokers, "enable.idempotence": True, "partitioner": "murmur2_random"}
        )

    def tell(self, event: Event, *, correlation_id: str | None = None) -> str:
        """Produce one event, as the delivery promise says; answers its id once the broker has it."""
        event_id = str(uuid.uuid4())
        key = event.aggregate_id
        self._versions[key] = self._versions.get(key, 0) + 1
        headers: list[tuple[str, str | bytes | None]] = [
            ("ce_specversion", "1.0"),
            ("ce_id", event_id),
            ("ce_source", "/orders"),
            ("ce_type", event.TYPE),
            ("ce_subject", key),
            ("ce_time", datetime.now(UTC).isoformat()),
            ("ce_sequence", str(self._versions[key])),
            ("ce_correlationid", correlation_id or event_id),
            ("ce_schemafp", event.FINGERPRINT),
            ("content-type", "application/avro"),
        ]
        prefix = b"\x00" + self._schema_id(event).to_bytes(4, "big")
        self._producer.produce(event.TOPIC, key=key, value=prefix + event.to_bytes(), headers=headers)
        assert self._producer.flush(WITHIN_S) == 0, "the broker did not take the event"
        return event_id

    def _schema_id(self, event: Event) -> int:
        if event.TYPE not in self._ids:
            subject = f"{event.TOPIC}-{event.TYPE}"
            body = {"schema": schema_json(event.TYPE)}
            answer = requests.post(f"{self._registry}/subjects/{subject}/versions", json=body, timeout=WITHIN_S)
            answer.raise_for_status()
            self._ids[event.TYPE] = int(answer.json()["id"])
        return self._ids[event.TYPE]


def create_topics_of(site: str, brokers: str) -> None:
    """Create the topics that a site owns, as its worker does at its start; nobody else may."""
    admin = AdminClient({"bootstrap.servers": brokers})
    owned = [NewTopic(topic.name, topic.partitions, 1) for topic in TOPICS.values() if topic.site == site]
    for created in admin.create_topics(owned).values():
        created.result(WITHIN_S)


def _text(value: str | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""


def _decoded(message: Message) -> Heard[Event]:
    headers = {name: _text(value) for name, value in dict(message.headers() or []).items()}
    value = message.value() or b""
    kind = event_type(headers["ce_type"])
    return Heard(
        event=kind.from_bytes(value[MAGIC_BYTES:], headers["ce_schemafp"]),
        event_id=headers["ce_id"],
        version=int(headers["ce_sequence"]),
        correlation_id=headers["ce_correlationid"],
        causation_id=headers.get("ce_causationid"),
    )
