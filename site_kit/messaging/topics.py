"""The broker's topics as this site sees them: which are there, how far they reach, whether they are still the same."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._listoffsets import OffsetSpec

from site_kit.messaging.configuration import Configuration, configuration
from site_kit.messaging.inbox.ledger import Partition

ANSWER_S = 2.0
_EARLIEST = OffsetSpec.earliest()  # type: ignore[no-untyped-call]
_LATEST = OffsetSpec.latest()  # type: ignore[no-untyped-call]
_NO_ID = "A" * 22  # sixteen zero bytes, from brokers without topic ids


@dataclass(frozen=True, slots=True)
class Reach:
    """The first offset a partition still has, and the one after its last."""

    first: int
    end: int


def admin_client(settings: Configuration) -> AdminClient:
    """A client for questions about topics; it connects when first asked."""
    return AdminClient(
        {
            "bootstrap.servers": settings.bootstrap_servers,
            "client.id": f"{settings.site}-admin",
            "reconnect.backoff.max.ms": 1_000,
            "log_level": 0,
        }
    )


class Topics:
    """Answers within a few seconds or raises KafkaException. Topic names are without prefix."""

    def __init__(self) -> None:
        self._settings = configuration()
        self._admin = admin_client(self._settings)

    def partitions(self, wanted: Iterable[str]) -> dict[str, int]:
        """How many partitions each of these topics has; topics the broker does not have are left out."""
        there = self._admin.list_topics(timeout=ANSWER_S).topics
        named = {topic: there.get(self._settings.on_broker(topic)) for topic in wanted}
        return {topic: len(known.partitions) for topic, known in named.items() if known is not None}

    def ids(self, topics: Iterable[str]) -> dict[str, str]:
        """The id the broker gave each topic when it was made; brokers without such ids leave them out."""
        names = [self._settings.on_broker(topic) for topic in topics]
        if not names:
            return {}
        asked = self._admin.describe_topics(TopicCollection(names), request_timeout=ANSWER_S)
        return {self._settings.off_broker(name): id_ for name, future in asked.items() if (id_ := _id(future))}

    def reach(self, partitions: Iterable[Partition]) -> dict[Partition, Reach]:
        """How far each partition reaches."""
        where = [TopicPartition(self._settings.on_broker(topic), number) for topic, number in partitions]
        first = self._offsets(where, _EARLIEST)
        end = self._offsets(where, _LATEST)
        return {partition: Reach(first[partition], end[partition]) for partition in first.keys() & end.keys()}

    def _offsets(self, where: list[TopicPartition], spec: OffsetSpec) -> dict[Partition, int]:
        if not where:
            return {}
        asked: Mapping[TopicPartition, Future[Any]] = self._admin.list_offsets(
            dict.fromkeys(where, spec), request_timeout=ANSWER_S
        )
        return {
            (self._settings.off_broker(place.topic), place.partition): future.result().offset
            for place, future in asked.items()
        }


def _id(future: "Future[Any]") -> str:
    try:
        described = future.result()
    except KafkaException:
        return ""
    identifier = str(getattr(described, "topic_id", None) or "")
    return "" if identifier == _NO_ID else identifier
