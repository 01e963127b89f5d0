"""Tests of the wake: from a commit through Valkey to the relay of a real worker."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from redis import Redis

from site_kit.messaging import wake_delivery
from site_kit.messaging.emit import emit
from site_kit.messaging.models import PendingEvent
from site_kit.messaging.tests.shop.events import StockCounted
from site_kit.messaging.tests.waiting import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered")]
ITEM = UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def valkey(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A database of Valkey that this test has to itself, more or less."""
    number = random.randrange(7, 16)
    url = f"{settings.MESSAGING['VALKEY_URL'].rpartition('/')[0]}/{number}"
    monkeypatch.setattr(settings, "MESSAGING", settings.MESSAGING | {"VALKEY_URL": url})
    monkeypatch.setenv("SHOP_VALKEY_DATABASE", str(number))
    monkeypatch.setattr(settings, "ENV", settings.ENV.model_copy(update={"valkey_database": number}))
    connect: Any = Redis.from_url
    client = connect(url)
    _forget(client)
    yield client
    _forget(client)
    client.close()


def _forget(client: Any) -> None:
    for key in client.scan_iter("shop:*"):
        client.delete(key)


def tell(units: int) -> None:
    with transaction.atomic():
        emit(StockCounted(ITEM, units))


def test_many_commits_make_one_call_and_the_relay_lets_the_next_commit_call_again(valkey: Any) -> None:
    queue = "shop:shop"

    for units in range(20):
        tell(units)
    eventually(lambda: valkey.llen(queue) == 1)
    assert valkey.pttl(f"{settings.MESSAGING['WAKE_PREFIX']}relay-called") > 0
    assert wake_delivery.RELAY_TASK.encode() in valkey.lindex(queue, 0)

    wake_delivery.relay_may_be_called()
    tell(20)
    eventually(lambda: valkey.llen(queue) == 2)


def test_a_worker_relays_although_another_of_its_tasks_hangs(
    committed: str, valkey: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _worker(committed) as worker:
        for units in range(3):
            tell(units)
            eventually(lambda: not PendingEvent.objects.exists(), within_s=30)
        assert worker.poll() is None
    assert valkey.ping()


class _worker:  # noqa: N801 - reads as a block
    """A worker process of the toy shop."""

    def __init__(self, database: str) -> None:
        environment = {
            **os.environ,
            "MESSAGING_TEST_DATABASE": database,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "SHOP_PORT": str(_free_port() - 1000),
        }
        self._command = [sys.executable, "-m", "celery", "-A", "site_kit.messaging.tests.shop.celery_app", "worker"]
        self._environment = environment

    def __enter__(self) -> "subprocess.Popen[bytes]":
        self._process = subprocess.Popen(self._command, env=self._environment)  # noqa: S603 - this file's own words
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # one of its tasks hangs, so it would not end by itself
        self._process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
