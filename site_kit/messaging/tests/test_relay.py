"""Tests of the relay against a real broker."""

from uuid import UUID

import pytest
from django.db import transaction

from site_kit.context import acting
from site_kit.messaging.emit import emit, emit_many
from site_kit.messaging.models import PendingEvent
from site_kit.messaging.relay import End, drain
from site_kit.messaging.tests.shop.events import ItemRenamed, StockCounted
from site_kit.messaging.tests.topic_reader import header, read_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered")]
ITEM = UUID("00000000-0000-4000-8000-000000000001")


def test_a_pending_event_reaches_its_topic_with_the_promised_envelope() -> None:
    with transaction.atomic(), acting(correlation_id="c-1", causation_id="e-0"):
        told = emit(StockCounted(ITEM, 5, "counted"))

    drained = drain()

    assert (drained.sent, drained.end, drained.held) == (1, End.EMPTY, {})
    assert not PendingEvent.objects.exists()
    [message] = read_all("shop.item", at_least=1)
    assert message.key() == str(ITEM).encode()
    assert StockCounted.from_bytes((message.value() or b"")[5:]) == StockCounted(ITEM, 5, "counted")
    assert (message.value() or b"")[:5] == b"\0\0\0\0\1"
    assert header(message, "ce_id") == str(told.event_id)
    assert header(message, "ce_type") == "example.shop.v1.StockCounted"
    assert header(message, "ce_sequence") == "1"
    assert header(message, "ce_subject") == str(ITEM)
    assert header(message, "ce_source") == "/shop"
    assert header(message, "ce_correlationid") == "c-1"
    assert header(message, "ce_causationid") == "e-0"
    assert header(message, "ce_schemafp") == StockCounted.FINGERPRINT
    assert header(message, "content-type") == "application/avro"


def test_many_events_go_in_the_order_of_their_versions() -> None:
    with transaction.atomic():
        emit_many([StockCounted(ITEM, units) for units in range(1, 4500)])

    drained = drain()

    assert drained.sent == 4499
    versions = [int(header(message, "ce_sequence")) for message in read_all("shop.item", at_least=4499)]
    assert versions == list(range(1, 4500))


def test_an_uncommitted_event_is_not_sent_and_a_rolled_back_one_never() -> None:
    with transaction.atomic():
        emit(ItemRenamed(ITEM, "jug"))
        transaction.set_rollback(True)

    assert drain().sent == 0
