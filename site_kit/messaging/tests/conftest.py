"""Fixtures of the bridge's own tests: real database, broker and registry, everything else a toy shop."""

from collections.abc import Iterator
from itertools import count
from uuid import uuid4

import psycopg
import pytest
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from django.db import connection, connections

from site_kit.messaging.configuration import configuration
from site_kit.messaging.registrations import keep_registration
from site_kit.messaging.registry import subject_of
from site_kit.messaging.testing import hear, told
from site_kit.messaging.tests.shop import catalogue

__all__ = ["hear", "told"]
_copies = count(1)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[str]:
    """A database of its own, in which commits are real; yields its name. Copied from the migrated one."""
    template = str(connection.settings_dict["NAME"])
    copy = f"{template}_{next(_copies)}"
    connections.close_all()
    with _server() as server:
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    connection.settings_dict["NAME"] = copy
    yield copy
    connections.close_all()
    connection.settings_dict["NAME"] = template
    with _server() as server:
        server.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _server() -> psycopg.Connection[tuple[object, ...]]:
    there = connection.settings_dict
    return psycopg.connect(
        host=there["HOST"],
        port=there["PORT"],
        user=there["USER"],
        password=there["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The toy shop's topics under a prefix of their own; yields the prefix."""
    from django.conf import settings  # the block is replaced, so that what was read before is read anew

    prefix = f"bridge-{uuid4().hex[:8]}-"
    monkeypatch.setattr(settings, "MESSAGING", settings.MESSAGING | {"TOPIC_PREFIX": prefix, "WAKE_PREFIX": prefix})
    monkeypatch.setenv("TOPIC_PREFIX", prefix)
    admin = AdminClient({"bootstrap.servers": configuration().bootstrap_servers})
    names = [prefix + name for name in catalogue.TOPICS]
    for made in admin.create_topics([NewTopic(name, 8, 1) for name in names]).values():
        made.result(10)
    yield prefix
    for gone in admin.delete_topics(names).values():
        gone.result(10)


@pytest.fixture
def registered(committed: str, topics: str) -> None:
    """Registry ids are known, without a registry."""
    for number, event in enumerate(catalogue.EVENTS.values(), start=1):
        keep_registration(subject_of(event.TOPIC, event.TYPE), event.FINGERPRINT, number)
