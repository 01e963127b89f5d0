"""Tests of the relay against a real broker."""

import re
import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, transaction

from site_kit.context import acting
from site_kit.messaging import outbox
from site_kit.messaging.crash_points import call_at_points
from site_kit.messaging.emit import emit, emit_many
from site_kit.messaging.models import LoggedEvent, PendingEvent
from site_kit.messaging.relay import End, drain
from site_kit.messaging.tests.shop.events import ItemRenamed, StockCounted
from site_kit.messaging.tests.topic_reader import header, read_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered")]
ITEM = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")


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
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", header(message, "ce_time"))
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


def test_a_lower_id_that_commits_late_is_sent_when_it_is_there() -> None:
    may_commit = threading.Event()
    has_emitted = threading.Event()

    def commit_late() -> None:
        with transaction.atomic():
            emit(StockCounted(ITEM, 1))
            has_emitted.set()
            may_commit.wait(10)
        connection.close()

    late = threading.Thread(target=commit_late)
    late.start()
    has_emitted.wait(10)
    with transaction.atomic():
        emit(StockCounted(OTHER, 1))
    first = drain().sent
    may_commit.set()
    late.join()
    second = drain().sent

    assert (first, second) == (1, 1)
    by_log_id = list(LoggedEvent.objects.order_by("id").values_list("aggregate_id", flat=True))
    assert by_log_id == [str(ITEM), str(OTHER)]
    assert len(read_all("shop.item", at_least=2)) == 2


def test_only_one_relay_drains_at_a_time() -> None:
    with transaction.atomic():
        emit(StockCounted(ITEM, 1))
    ends: list[End] = []

    def drain_too() -> None:
        ends.append(drain().end)
        connection.close()

    with transaction.atomic():
        assert outbox.lock_relay()
        other = threading.Thread(target=drain_too)
        other.start()
        other.join()

    assert ends == [End.TAKEN]
    assert drain().sent == 1


@pytest.mark.parametrize(
    "point", ["relay.after_claim", "relay.mid_produce", "relay.after_flush", "relay.after_delete", "relay.after_commit"]
)
def test_a_relay_that_stops_anywhere_leaves_nothing_behind_that_the_next_cannot_send(point: str) -> None:
    with transaction.atomic():
        emit_many([StockCounted(ITEM, units) for units in range(3)])

    stop_calling = call_at_points(_stop_at(point))
    with pytest.raises(Stopped):
        drain()
    stop_calling()
    drain()

    assert not PendingEvent.objects.exists()
    sequence = [int(header(message, "ce_sequence")) for message in read_all("shop.item", at_least=3)]
    assert list(dict.fromkeys(sequence)) == [1, 2, 3]


class Stopped(Exception):  # noqa: N818 - what a crash looks like from inside
    """The process ends here."""


def _stop_at(wanted: str) -> Callable[[str], None]:
    def hook(point: str) -> None:
        if point == wanted:
            raise Stopped(point)

    return hook
