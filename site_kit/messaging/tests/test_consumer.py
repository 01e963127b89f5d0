"""Tests of the consumer process against a real broker."""

from uuid import UUID, uuid4

import pytest
from django.db import transaction

from site_kit.messaging.consumer import EventConsumer
from site_kit.messaging.emit import emit, emit_many
from site_kit.messaging.models import ConsumedTopic, ConsumerOffset
from site_kit.messaging.relay import drain
from site_kit.messaging.tests.shop.events import ItemRenamed, StockCounted
from site_kit.messaging.tests.shop.models import Effect
from site_kit.messaging.tests.waiting import eventually

pytestmark = pytest.mark.django_db(transaction=True)
ITEM = UUID("00000000-0000-4000-8000-000000000001")


def test_what_one_site_tells_another_hears(listening: EventConsumer) -> None:
    items = [uuid4() for _ in range(20)]
    with transaction.atomic():
        emit_many([StockCounted(item, units) for units in range(50) for item in items])
        emit(ItemRenamed(items[0], "jug"))

    drain()
    eventually(lambda: Effect.objects.count() == 1001)

    for item in items:
        versions = list(Effect.objects.filter(item_id=item).order_by("id").values_list("version", flat=True))
        assert versions == list(range(1, len(versions) + 1))
    read = ConsumerOffset.objects.filter(topic="shop.item").values_list("next_offset", flat=True)
    assert sum(read) == 1001
    assert ConsumedTopic.objects.get(topic="shop.item").is_present
