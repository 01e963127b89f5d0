"""Fixtures of the bridge's own tests: real database, broker and registry, everything else a toy shop."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from django.conf import settings
from django.db import connections

from site_kit.messaging.configuration import configuration
from site_kit.messaging.consumer import EventConsumer
from site_kit.messaging.registrations import keep_registration
from site_kit.messaging.registry import subject_of
from site_kit.messaging.testing import hear, told
from site_kit.messaging.tests.shop import catalogue
from site_kit.testing.committed import copied_database
from site_kit.testing.plugin import staff

__all__ = ["hear", "staff", "told"]


@pytest.fixture
def committed(transactional_db: None) -> Iterator[str]:
    """A database of its own, in which commits are real; yields its name."""
    with copied_database() as name:
        yield name


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The toy shop's topics under a prefix of their own; yields the prefix."""
    prefix = f"bridge-{uuid4().hex[:8]}-"
    monkeypatch.setattr(settings, "MESSAGING", settings.MESSAGING | {"TOPIC_PREFIX": prefix, "WAKE_PREFIX": prefix})
    monkeypatch.setenv("TOPIC_PREFIX", prefix)
    admin = AdminClient({"bootstrap.servers": configuration().bootstrap_servers})
    names = [prefix + name for name in catalogue.TOPICS]
    for made in admin.create_topics([NewTopic(name, 8, 1) for name in names]).values():
        made.result(10)
    yield prefix
    admin.delete_topics(names)
    admin.poll(1)


@pytest.fixture
def registered(committed: str, topics: str) -> None:
    """Registry ids are known, without a registry."""
    for number, event in enumerate(catalogue.EVENTS.values(), start=1):
        keep_registration(subject_of(event.TOPIC, event.TYPE), event.FINGERPRINT, number)


@pytest.fixture
def listening(registered: None) -> Iterator[EventConsumer]:
    """The site's consumer at work in a thread of this process."""
    stop = threading.Event()
    consumer = EventConsumer()
    thread = threading.Thread(target=_listen, args=(consumer, stop))
    thread.start()
    yield consumer
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def _listen(consumer: EventConsumer, stop: threading.Event) -> None:
    consumer.run(stop)
    connections.close_all()
