"""Read a topic from its first record, as a stranger would."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from confluent_kafka import Message as KafkaMessage

from site_kit.messaging.configuration import configuration


@contextmanager
def reader(topic: str) -> Iterator[Consumer]:
    consumer = Consumer(
        {"bootstrap.servers": configuration().bootstrap_servers, "group.id": f"reader-{uuid4()}", "log_level": 0}
    )
    name = configuration().on_broker(topic)
    consumer.assign([TopicPartition(name, number, OFFSET_BEGINNING) for number in range(8)])
    try:
        yield consumer
    finally:
        consumer.close()


def read_all(topic: str, *, at_least: int, timeout_s: float = 10) -> list[KafkaMessage]:
    """Everything in a topic, once at least so many records are there and no more come for a moment."""
    found: list[KafkaMessage] = []
    with reader(topic) as consumer:
        while first := consumer.poll(0.2 if len(found) >= at_least else timeout_s):
            found.extend(message for message in [first, *consumer.consume(1000, 0)] if message.error() is None)
    return found


def header(message: KafkaMessage, name: str) -> str:
    """One header as text."""
    headers = message.headers()
    assert isinstance(headers, list)
    return next(value.decode() for key, value in headers if key == name and isinstance(value, bytes))
