"""Tests of the inbox on a real database, fed with records as the broker would bring them."""

from uuid import UUID, uuid4

import pytest

from site_kit.messaging import clock
from site_kit.messaging.identifiers import uuid7
from site_kit.messaging.inbox.receive import Inbox
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
