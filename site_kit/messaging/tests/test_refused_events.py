"""Tests of events the broker will not take: their stream is set aside, in sight, and all others go on."""

import os
from uuid import UUID

import pytest
from confluent_kafka import Producer
from confluent_kafka.admin._config import AlterConfigOpType, ConfigEntry, ConfigResource
from confluent_kafka.admin._resource import ResourceType
from django.db import transaction

from site_kit.messaging import parked
from site_kit.messaging.configuration import configuration
from site_kit.messaging.emit import emit_many
from site_kit.messaging.event_log import Stream
from site_kit.messaging.models import LoggedEvent, PendingEvent, UnsendableEvent
from site_kit.messaging.relay import End, drain
from site_kit.messaging.tests.shop.events import StockCounted
from site_kit.messaging.tests.topic_reader import header, read_all
from site_kit.messaging.tests.waiting import eventually
from site_kit.messaging.topics import admin_client

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered")]
ITEM = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")
BIG = os.urandom(20_000).hex()


def allow(topic: str, largest_bytes: int) -> None:
    """Set the largest record batch of a topic, and wait until the broker minds it."""
    entry = ConfigEntry("max.message.bytes", str(largest_bytes), incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    admin = admin_client(configuration())
    for done in admin.incremental_alter_configs([resource]).values():
        done.result(10)
    eventually(lambda: _takes_big(topic) is (largest_bytes > len(BIG)))


def _takes_big(topic: str) -> bool:
    faults: list[object] = []
    producer = Producer({"bootstrap.servers": configuration().bootstrap_servers})
    producer.produce(topic, BIG.encode(), on_delivery=lambda fault, _: faults.append(fault))
    producer.flush(5)
    return all(fault is None for fault in faults)


def tell() -> None:
    with transaction.atomic():
        emit_many([StockCounted(ITEM, 1), StockCounted(OTHER, 1), StockCounted(ITEM, 2, BIG), StockCounted(ITEM, 3)])
        emit_many([StockCounted(OTHER, 2)])


def arrived(item: UUID) -> list[int]:
    messages = [message for message in read_all("shop.item", at_least=3) if message.key() == str(item).encode()]
    return list(dict.fromkeys(int(header(message, "ce_sequence")) for message in messages))


def test_a_refused_event_and_those_behind_it_are_set_aside_and_sent_in_order_later(topics: str) -> None:
    allow(f"{topics}shop.item", 10_000)
    tell()

    eventually(lambda: drain().end is End.EMPTY)

    assert not PendingEvent.objects.exists()
    aside = UnsendableEvent.objects.order_by("id")
    assert [LoggedEvent.objects.get(pk=row.pk).version for row in aside] == [2, 3]
    assert "MSG_SIZE_TOO_LARGE" in aside[0].error
    assert arrived(OTHER) == [1, 2]
    assert 1 in arrived(ITEM)

    with transaction.atomic():
        emit_many([StockCounted(ITEM, 4)])
    eventually(lambda: drain().end is End.EMPTY)
    assert UnsendableEvent.objects.count() == 3

    allow(f"{topics}shop.item", 1_000_000)
    assert parked.resend(streams=[Stream("shop.item", str(ITEM))], why="the topic takes more now") == 3
    eventually(lambda: drain().end is End.EMPTY)
    assert not UnsendableEvent.objects.exists()
    assert arrived(ITEM) == [1, 2, 3, 4]


def test_a_refused_event_is_given_up_with_a_reason_and_the_rest_goes_on(topics: str) -> None:
    allow(f"{topics}shop.item", 10_000)
    tell()
    eventually(lambda: drain().end is End.EMPTY)

    with pytest.raises(parked.ReasonMissing):
        parked.give_up_sending(stream=Stream("shop.item", str(ITEM)), why="")
    assert parked.give_up_sending(stream=Stream("shop.item", str(ITEM)), why="a broken import") == 1

    eventually(lambda: drain().end is End.EMPTY)
    assert arrived(ITEM) == [1, 3]
    assert LoggedEvent.objects.get(type="StaffChanged").why == "a broken import"
