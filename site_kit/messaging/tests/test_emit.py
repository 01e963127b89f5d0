"""Tests of emitting: what is written, in which order, and what is refused."""

from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from site_kit.context import Actor, acting
from site_kit.messaging.emit import EventTooLarge, collected, emit, emit_latest, emit_many, log_staff_change
from site_kit.messaging.models import LoggedEvent, PendingEvent, StreamVersion
from site_kit.messaging.tests.shop.events import ItemRenamed, StockCounted

pytestmark = pytest.mark.django_db


class Interrupted(Exception):  # noqa: N818 - not an error of ours
    """Something went wrong after the event was emitted."""


ITEM = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")


def test_an_event_is_logged_and_pointed_at_in_one_go() -> None:
    with acting(actor=Actor("staff", "17"), correlation_id="c-1", causation_id="e-0"):
        told = emit(StockCounted(ITEM, 5), why="stocktaking")

    logged = LoggedEvent.objects.get()
    assert (logged.event_id, logged.version) == (told.event_id, 1) == (logged.event_id, told.version)
    assert (logged.actor, logged.why, logged.correlation_id, logged.causation_id) == (
        "staff:17",
        "stocktaking",
        "c-1",
        "e-0",
    )
    assert StockCounted.from_bytes(bytes(logged.data)) == StockCounted(ITEM, 5)
    pending = PendingEvent.objects.get()
    assert (pending.id, pending.recorded_at, pending.topic, pending.size) == (
        logged.id,
        logged.recorded_at,
        "shop.item",
        len(logged.data),
    )


def test_versions_of_an_aggregate_have_no_holes_and_each_hash_seals_the_one_before() -> None:
    emit(StockCounted(ITEM, 1))
    emit_many([ItemRenamed(ITEM, "jug"), StockCounted(OTHER, 7), StockCounted(ITEM, 2)])

    rows = LoggedEvent.objects.filter(aggregate_id=ITEM).order_by("id")
    assert [(row.version, row.type.rpartition(".")[2]) for row in rows] == [
        (1, "StockCounted"),
        (2, "ItemRenamed"),
        (3, "StockCounted"),
    ]
    head = StreamVersion.objects.get(topic="shop.item", aggregate_id=str(ITEM))
    assert (head.version, bytes(head.head_hash)) == (3, bytes(rows[2].hash))


def test_event_ids_sort_as_they_were_drawn() -> None:
    told = emit_many([StockCounted(ITEM, units) for units in range(20)])

    assert {emitted.event_id.version for emitted in told} == {7}
    assert [emitted.version for emitted in told] == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_emitting_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="there is none"):
        emit(StockCounted(ITEM, 5))

    assert not LoggedEvent.objects.exists()


def test_an_event_that_does_not_fit_its_schema_fails_the_caller_and_leaves_nothing() -> None:
    with pytest.raises((ValueError, TypeError)):
        emit(StockCounted(ITEM, "many"))  # type: ignore[arg-type]

    assert not StreamVersion.objects.exists()


def test_an_event_of_more_than_900_kb_is_refused() -> None:
    with pytest.raises(EventTooLarge, match="at most 900000"):
        emit(ItemRenamed(ITEM, "x" * 900_000))

    assert not LoggedEvent.objects.exists()


def test_of_the_states_told_in_a_block_the_last_one_is_written_after_everything_else() -> None:
    with collected():
        emit_latest(StockCounted(ITEM, 1))
        emit_latest(StockCounted(OTHER, 7))
        last = emit_latest(StockCounted(ITEM, 2))
        emit(ItemRenamed(ITEM, "jug"))

    rows = LoggedEvent.objects.order_by("id")
    assert [(row.aggregate_id, row.version, row.type.rpartition(".")[2]) for row in rows] == [
        (str(ITEM), 1, "ItemRenamed"),
        (str(ITEM), 2, "StockCounted"),
        (str(OTHER), 1, "StockCounted"),
    ]
    assert StockCounted.from_bytes(bytes(rows[1].data)) == StockCounted(ITEM, 2)
    assert last.version == 2


def test_collected_events_are_written_once_at_the_end() -> None:
    with collected():
        first = emit(StockCounted(OTHER, 1))
        emit(StockCounted(ITEM, 1))
        with collected():
            emit(StockCounted(OTHER, 2))
        assert not LoggedEvent.objects.exists()
        with pytest.raises(RuntimeError, match="not written yet"):
            _ = first.version

    assert [row.aggregate_id for row in LoggedEvent.objects.order_by("id")] == [str(OTHER), str(ITEM), str(OTHER)]
    assert first.version == 1


def test_a_failed_collection_writes_nothing() -> None:
    with suppress(Interrupted), collected():
        emit(StockCounted(ITEM, 1))
        raise Interrupted

    assert not LoggedEvent.objects.exists()


def test_a_staff_change_is_logged_but_never_sent() -> None:
    log_staff_change("role", "editors", change={"granted": ["change_item"]}, why="new colleague")

    logged = LoggedEvent.objects.get()
    assert (logged.topic, logged.aggregate_id, logged.type) == ("internal.role", "editors", "StaffChanged")
    assert bytes(logged.data) == b'{"granted":["change_item"]}'
    assert not PendingEvent.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE messaging_event SET why = 'another'",
        "DELETE FROM messaging_event",
        "TRUNCATE messaging_event",
        "TRUNCATE {partition}",
        "DELETE FROM {partition}",
        "UPDATE {partition} SET why = 'another'",
    ],
)
def test_the_log_refuses_every_change_even_to_its_owner(statement: str) -> None:
    emit(StockCounted(ITEM, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM messaging_event")
        [[partition]] = cursor.fetchall()

        with pytest.raises((InternalError, IntegrityError), match="append-only"), transaction.atomic():
            cursor.execute(statement.format(partition=partition))

    assert LoggedEvent.objects.get().why == ""


def test_many_new_and_old_streams_are_written_together() -> None:
    old = uuid4()
    emit(StockCounted(old, 1))

    emit_many([StockCounted(uuid4(), 1) for _ in range(300)] + [StockCounted(old, 2)])

    assert StreamVersion.objects.get(aggregate_id=str(old)).version == 2
    assert PendingEvent.objects.count() == 302
