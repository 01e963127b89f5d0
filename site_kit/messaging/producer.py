"""A producer that reports on every message and never outlives a fork or a fault."""

import os
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import structlog
from confluent_kafka import KafkaError, KafkaException, Producer

from site_kit.messaging import clock
from site_kit.messaging.configuration import Configuration, configuration
from site_kit.messaging.crash_points import reached

log = structlog.get_logger(__name__)

METADATA_TIMEOUT_S = 2.0
_POLL_EVERY = 256
_REFUSED = {
    KafkaError.MSG_SIZE_TOO_LARGE,
    KafkaError.INVALID_RECORD,
    KafkaError.INVALID_MSG,
    KafkaError.INVALID_MSG_SIZE,
}
_ABSENT = {
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError._UNKNOWN_TOPIC,
    KafkaError._UNKNOWN_PARTITION,
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
}


class BrokerAway(Exception):  # noqa: N818 - a neighbour's state
    """The broker does not answer, or the producer is broken; try again later with a new one."""


class Outgoing(NamedTuple):
    """A record to send; `topic` as the broker calls it."""

    topic: str
    key: str
    value: bytes
    headers: list[tuple[str, str | bytes | None]]


class Acknowledged:
    """The broker has it."""


class Refused(str):
    """The broker will never take this one; why."""

    __slots__ = ()


class TopicAbsent:
    """The broker does not have the topic."""


Delivery = Acknowledged | Refused | TopicAbsent | None
"""What is known about a message; None: nothing, it may or may not have arrived."""

ACKNOWLEDGED = Acknowledged()
TOPIC_ABSENT = TopicAbsent()


def producer_settings(settings: Configuration) -> dict[str, Any]:
    """Everything the order and safety of records hang on, in one place."""
    return {
        "bootstrap.servers": settings.bootstrap_servers,
        "client.id": f"{settings.site}-relay",
        "enable.idempotence": True,
        "acks": "all",
        "partitioner": "murmur2_random",
        "compression.type": "lz4",
        "linger.ms": 5,
        "batch.size": 262_144,
        "message.max.bytes": 1_000_000,
        "message.timeout.ms": 300_000,
        "queue.buffering.max.messages": 20_000,
        "reconnect.backoff.max.ms": 1_000,
        "socket.connection.setup.timeout.ms": 5_000,
        "log_level": 0,
        "error_cb": _note_error,
    }


def _note_error(error: KafkaError) -> None:
    log.warning("producer_error", code=error.name())


class Sender:
    """One producer of this process and what it knows about topics."""

    def __init__(self) -> None:
        self._producer = Producer(producer_settings(configuration()))
        self._topics: set[str] = set()

    def has_topic(self, name: str) -> bool:
        """Whether the broker has a topic; asks at most once per call. Raises BrokerAway."""
        if name not in self._topics:
            self._topics = set(self._metadata().topics)
        return name in self._topics

    def _metadata(self) -> Any:
        try:
            return self._producer.list_topics(timeout=METADATA_TIMEOUT_S)
        except KafkaException as fault:
            raise BrokerAway(str(fault)) from fault

    def send(self, records: Sequence[Outgoing], *, timeout_s: float) -> list[Delivery]:
        """Send records in order and wait for the broker's word on each, up to `timeout_s`.

        Answers position by position. When anything is still unknown at the end, the producer is not to be used again.
        """
        deliveries: list[Delivery] = [None] * len(records)
        deadline_s = clock.elapsed_s() + timeout_s
        for position, record in enumerate(records):
            try:
                self._produce(record, partial(_note, deliveries, position), deadline_s)
            except KafkaException as fault:
                deliveries[position] = _meaning(fault.args[0])
            if position % _POLL_EVERY == 0:
                self._producer.poll(0)
                reached("relay.mid_produce")
        self._producer.flush(max(deadline_s - clock.elapsed_s(), 0.001))
        return deliveries

    def _produce(self, record: Outgoing, note: Any, deadline_s: float) -> None:
        while True:
            try:
                return self._producer.produce(
                    record.topic, record.value, record.key, headers=record.headers, on_delivery=note
                )
            except BufferError:
                self._producer.poll(0.05)
                if clock.elapsed_s() > deadline_s:
                    return None

    def forget_topics(self) -> None:
        """Ask the broker anew which topics it has."""
        self._topics = set()

    def discard(self) -> None:
        """Throw away what was not sent; what is on its way may still arrive."""
        self._producer.purge()
        self._producer.flush(0)


def _note(deliveries: list[Delivery], position: int, error: KafkaError | None, message: object) -> None:
    deliveries[position] = ACKNOWLEDGED if error is None else _meaning(error)


def _meaning(error: KafkaError) -> Delivery:
    if error.code() in _REFUSED:
        return Refused(f"{error.name()}: {error.str()}")
    if error.code() in _ABSENT:
        return TOPIC_ABSENT
    return None


_senders: dict[int, Sender] = {}


def sender() -> Sender:
    """The sender of this process, made at first use: librdkafka does not survive a fork."""
    pid = os.getpid()
    if pid not in _senders:
        _senders.clear()
        _senders[pid] = Sender()
    return _senders[pid]


def drop_sender() -> None:
    """Give the producer up after a fault; the next call of `sender` makes a new one."""
    dropped = _senders.pop(os.getpid(), None)
    if dropped is not None:
        dropped.discard()
