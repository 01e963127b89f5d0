"""Writers, relays and consumers in processes of their own, killed without warning while they work.

`python -m site_kit.messaging.tests.chaos --seed 7 --seconds 5` prints one JSON object. One parent prepares Django
and forks everything, so that a killed process is back in milliseconds. Two relays of a kind often seen run
beside ours and fail: one keeps a cursor over ids. What they did is in the answer.
"""

import argparse
import ctypes
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

import django

ITEMS = [UUID(int=number) for number in range(1, 13)]
WRITERS = 4
AT_LEAST = 6
_PR_SET_PDEATHSIG = 1


@dataclass
class Forked:
    """A child that does one thing, and comes back when it is killed."""

    work: Callable[[], None]
    pid: int = 0
    kills: int = field(default=0)

    def start(self) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            self._be()

    def _be(self) -> None:
        _die_with_parent()
        try:
            self.work()
        finally:
            sys.stdout.flush()
            os._exit(0)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.kills += 1
        self.start()

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _die_with_parent() -> None:
    """Leave nothing running when the test is cut short."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def write(seed: int) -> None:
    """Tell about two items at a time, wait before the commit, roll some back."""
    from django.db import transaction

    from site_kit.messaging.emit import emit
    from site_kit.messaging.tests.shop.events import ItemScrapped, StockCounted

    chance = random.Random(seed)
    while True:
        with transaction.atomic():
            for item in sorted(chance.sample(ITEMS, 2)):
                emit(StockCounted(item, chance.randrange(100)) if chance.random() < 0.8 else ItemScrapped(item))
            time.sleep(chance.random() * 0.03)
            transaction.set_rollback(chance.random() < 0.15)


def relay() -> None:
    """Ours, without Celery."""
    from site_kit.messaging.relay import drain

    while True:
        drain()
        time.sleep(0.005)


def consume() -> None:
    """Ours."""
    import threading

    from site_kit.messaging.consumer import EventConsumer

    EventConsumer().run(threading.Event())


def cursor_relay() -> None:
    """The control that must fail: it remembers the last id it saw, and counts on ids to be committed in order."""
    from confluent_kafka import Producer
    from django.db import connection

    from site_kit.messaging.configuration import configuration

    settings = configuration()
    producer = Producer({"bootstrap.servers": settings.bootstrap_servers, "log_level": 0})
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM messaging_event WHERE id > %s ORDER BY id LIMIT 500", [last])
            ids = [row[0] for row in cursor.fetchall()]
        for log_id in ids:
            producer.produce(settings.on_broker("shop.control"), str(log_id).encode(), b"control")
            last = log_id
        producer.flush(5)
        time.sleep(0.005)


def main() -> None:
    """Run it and print what happened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--settle", type=float, default=30.0)
    chosen = parser.parse_args()
    django.setup()
    chance = random.Random(chosen.seed)

    control = Forked(cursor_relay)
    relays, consumers = [Forked(relay), Forked(relay)], [Forked(consume), Forked(consume)]
    writers = [Forked(partial(write, chosen.seed * 100 + number)) for number in range(WRITERS)]
    for child in (control, *relays, *consumers, *writers):
        child.start()

    began_s = time.monotonic()
    while time.monotonic() - began_s < chosen.seconds or min(_kills(relays), _kills(consumers)) < AT_LEAST:
        time.sleep(chance.random() * 0.25)
        chance.choice(relays + consumers).kill()
    for writer in writers:
        writer.end()
    settled = _settled(chosen.settle)
    for child in (control, *relays, *consumers):
        child.end()
    answer = {"settled": settled, "relay_kills": _kills(relays), "consumer_kills": _kills(consumers)}
    print(json.dumps(answer))  # noqa: T201 - the answer


def _kills(victims: list[Forked]) -> int:
    return sum(victim.kills for victim in victims)


def _settled(within_s: float) -> bool:
    """Whether everything logged was sent and read."""
    from django.db import connection

    from site_kit.messaging.models import InboxStream, PendingEvent, StreamVersion

    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        told = set(StreamVersion.objects.values_list("topic", "aggregate_id", "version"))
        heard = set(InboxStream.objects.values_list("topic", "aggregate_id", "version"))
        if told == heard and not PendingEvent.objects.exists():
            connection.close()
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    main()
