"""Tests of the inbox on a real database, fed with records as the broker would bring them."""

import random
import threading
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F

from site_kit.messaging import clock
from site_kit.messaging.crash_points import call_at_points
from site_kit.messaging.identifiers import uuid7
from site_kit.messaging.inbox.receive import Inbox
from site_kit.messaging.locks import lock_rows
from site_kit.messaging.models import StalledKey, StalledMessage
from site_kit.messaging.testing import Ear, record_for
from site_kit.messaging.tests.shop.events import BasketFilled, ItemRenamed, ItemScrapped, StockCounted
from site_kit.messaging.tests.shop.models import Effect, Shelf

pytestmark = pytest.mark.django_db
ITEM = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")


def effects() -> list[tuple[UUID, int]]:
    return list(Effect.objects.order_by("id").values_list("item_id", "version"))


def test_messages_of_all_kinds_are_handled_in_order_per_key(hear: Ear) -> None:
    hear(StockCounted(ITEM, 1), ItemRenamed(ITEM, "jug"), ItemScrapped(ITEM), StockCounted(ITEM, 2))

    assert effects() == [(ITEM, 1), (ITEM, 2), (ITEM, 4)]


def test_a_record_that_comes_again_at_another_offset_is_handled_once() -> None:
    event_id = uuid7(clock.now())
    first = record_for(StockCounted(ITEM, 1), version=1, offset=0, event_id=event_id)
    again = record_for(StockCounted(ITEM, 1), version=1, offset=7, event_id=event_id)

    Inbox().receive([first, again])

    assert effects() == [(ITEM, 1)]


def test_an_offset_that_was_read_is_not_read_again(hear: Ear) -> None:
    records = hear.records([StockCounted(ITEM, 1), StockCounted(ITEM, 2)])

    Inbox().receive(records)
    Inbox().receive(records)

    assert effects() == [(ITEM, 1), (ITEM, 2)]


def test_a_missing_version_makes_its_key_wait_and_no_other(hear: Ear) -> None:
    Inbox().receive(
        [
            record_for(StockCounted(ITEM, 1), version=1, offset=0),
            record_for(StockCounted(ITEM, 3), version=3, offset=1),
            record_for(StockCounted(ITEM, 4), version=4, offset=2),
            record_for(StockCounted(OTHER, 1), version=1, offset=3),
        ]
    )
    assert effects() == [(ITEM, 1), (OTHER, 1)]
    key = StalledKey.objects.get()
    assert (key.state, key.reason, key.error) == ("waiting", "gap", "version 3 came, version 2 did not")

    hear(StockCounted(OTHER, 2))
    Inbox().receive([record_for(StockCounted(ITEM, 2), version=2, offset=9)])
    hear(StockCounted(OTHER, 3))

    assert effects() == [(ITEM, 1), (OTHER, 1), (OTHER, 2), (OTHER, 3), (ITEM, 2), (ITEM, 3), (ITEM, 4)]
    assert not StalledKey.objects.exists()
    assert not StalledMessage.objects.exists()


def test_locks_are_taken_before_any_handler_runs(hear: Ear) -> None:
    Shelf.objects.create(sku="A", units=5)

    hear(*[BasketFilled(uuid4(), ("A",)) for _ in range(3)])

    assert Shelf.objects.get().units == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["inbox.after_ids", "inbox.after_handlers", "inbox.after_commit"])
def test_a_consumer_that_stops_anywhere_handles_each_message_once(committed: str, point: str) -> None:
    records = [record_for(StockCounted(ITEM, units), version=units, offset=units) for units in (1, 2, 3)]

    def crash(where: str) -> None:
        if where == point:
            raise OperationalError("the connection is gone")

    stop_calling = call_at_points(crash)
    with pytest.raises(OperationalError):
        Inbox().receive(records)
    stop_calling()
    Inbox().receive(records)

    assert effects() == [(ITEM, 1), (ITEM, 2), (ITEM, 3)]
    assert not StalledKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_messages_and_requests_on_the_same_rows_never_deadlock(committed: str) -> None:
    skus = [f"SKU-{number:03}" for number in range(200)]
    Shelf.objects.bulk_create(Shelf(sku=sku, units=1_000_000) for sku in skus)
    ended = threading.Event()
    taken: list[int] = []

    def request_stock(seed: int) -> None:
        chance = random.Random(seed)
        while not ended.is_set():
            with transaction.atomic():
                rows = lock_rows({Shelf: chance.sample(skus, 5)})[Shelf]
                Shelf.objects.filter(pk__in=[row.pk for row in rows]).update(units=F("units") - 1)
            taken.append(len(rows))
        connection.close()

    requests = [threading.Thread(target=request_stock, args=(seed,)) for seed in range(3)]
    for thread in requests:
        thread.start()
    chance = random.Random(99)
    inbox = Inbox()
    for batch in range(15):
        inbox.receive(
            [
                record_for(BasketFilled(uuid4(), tuple(chance.sample(skus, 5))), version=1, offset=batch * 50 + number)
                for number in range(50)
            ]
        )
    ended.set()
    for thread in requests:
        thread.join(20)

    sold = 200 * 1_000_000 - sum(Shelf.objects.values_list("units", flat=True))
    assert sold == 15 * 50 * 5 + sum(taken)
    assert not StalledKey.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        assert cursor.fetchone() == (0,)
