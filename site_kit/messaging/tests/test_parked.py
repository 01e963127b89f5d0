"""Tests of keys that stand still, and of what staff do with them."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command

from site_kit.context import Actor, acting
from site_kit.messaging import clock, parked
from site_kit.messaging.handlers import Awaiting, Handler, Message, bulk, no_shared_rows, single
from site_kit.messaging.inbox.line import retry_due
from site_kit.messaging.inbox.receive import Inbox
from site_kit.messaging.models import LoggedEvent, StalledKey, StalledMessage
from site_kit.messaging.testing import Ear, record_for
from site_kit.messaging.tests.shop import handlers
from site_kit.messaging.tests.shop.events import ItemRenamed, StockCounted
from site_kit.messaging.tests.shop.models import Effect

pytestmark = pytest.mark.django_db
ITEM = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")
Install = Callable[[type, Handler[StockCounted]], None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Let another handler hear a type of event."""
    return lambda kind, handler: monkeypatch.setitem(handlers.HANDLERS, kind, handler)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Move the clock."""

    def move(by: timedelta) -> None:
        at: datetime = clock.now() + by
        monkeypatch.setattr(clock, "now", lambda: at)

    return move


def heard() -> list[tuple[UUID, int]]:
    return list(Effect.objects.order_by("id").values_list("item_id", "units"))


def refuse_units(*unwanted: int) -> Handler[StockCounted]:
    def handler(messages: list[Message[StockCounted]]) -> None:
        for message in messages:
            if message.event.units in unwanted:
                raise ValueError(f"{message.event.units} units cannot be")
        handlers.on_stock_counted(messages)

    return bulk(handler, locks=no_shared_rows)  # type: ignore[arg-type]  # a list is a sequence


def test_poison_in_the_middle_of_a_key_stops_that_key_in_order_and_no_other(hear: Ear, install: Install) -> None:
    install(StockCounted, refuse_units(2))

    hear(StockCounted(ITEM, 1), StockCounted(ITEM, 2), StockCounted(OTHER, 9), StockCounted(ITEM, 3), parked=True)

    assert sorted(heard()) == [(ITEM, 1), (OTHER, 9)]
    key = StalledKey.objects.get()
    assert (key.state, key.reason, key.error_class, key.error) == (
        "parked",
        "failed",
        "ValueError",
        "2 units cannot be",
    )
    assert "ValueError: 2 units cannot be" in key.traceback
    assert list(StalledMessage.objects.order_by("id").values_list("version", flat=True)) == [2, 3]


def test_retry_after_a_correction_restores_the_order(hear: Ear, install: Install) -> None:
    install(StockCounted, refuse_units(2))
    hear(StockCounted(ITEM, 1), StockCounted(ITEM, 2), StockCounted(ITEM, 3), parked=True)
    install(StockCounted, refuse_units())

    with acting(actor=Actor("staff", "17")):
        [action] = parked.retry(key_ids=[StalledKey.objects.get().pk], why="corrected")

    assert (action.handled, action.left, action.error) == (2, 0, "")
    assert heard() == [(ITEM, 1), (ITEM, 2), (ITEM, 3)]
    assert not StalledKey.objects.exists()
    assert not StalledMessage.objects.exists()
    logged = LoggedEvent.objects.get()
    assert (logged.topic, logged.actor, logged.why) == ("internal.parked_key", "staff:17", "corrected")
    hear(StockCounted(ITEM, 4))
    assert heard()[-1] == (ITEM, 4)


def test_a_rehearsal_tells_the_truth_and_changes_nothing(hear: Ear, install: Install) -> None:
    install(StockCounted, refuse_units(2, 4))
    hear(*[StockCounted(ITEM, units) for units in range(1, 6)], parked=True)
    key_id = StalledKey.objects.get().pk

    [before] = parked.rehearse(key_ids=[key_id])
    install(StockCounted, refuse_units(4))
    [after] = parked.rehearse(key_ids=[key_id])

    assert (before.would_handle, before.error) == (0, "2 units cannot be")
    assert (after.would_handle, after.would_leave, after.error) == (2, 2, "4 units cannot be")
    assert heard() == [(ITEM, 1)]
    assert StalledKey.objects.get().error == "2 units cannot be"
    assert StalledMessage.objects.count() == 4
    [action] = parked.retry(key_ids=[key_id])
    assert (action.handled, action.left, action.error) == (2, 2, "4 units cannot be")


def test_skipping_needs_a_reason_gives_up_one_message_and_goes_on(hear: Ear, install: Install) -> None:
    install(StockCounted, refuse_units(2))
    hear(StockCounted(ITEM, 1), StockCounted(ITEM, 2), StockCounted(ITEM, 3), parked=True)
    key_id = StalledKey.objects.get().pk

    with pytest.raises(parked.ReasonMissing):
        parked.skip(key_ids=[key_id], why=" ")
    parked.skip(key_ids=[key_id], why="counted twice")

    assert heard() == [(ITEM, 1), (ITEM, 3)]
    logged = LoggedEvent.objects.get()
    change = json.loads(bytes(logged.data))
    assert (logged.why, change["action"], change["message"]["version"]) == ("counted twice", "skipped", 2)
    hear(StockCounted(ITEM, 4))
    assert heard()[-1] == (ITEM, 4)


def test_a_free_key_cannot_be_retried() -> None:
    with pytest.raises(parked.KeyIsFree):
        parked.retry(key_ids=[1])


def test_a_fork_is_parked_and_its_new_history_accepted_by_a_retry(hear: Ear) -> None:
    hear(StockCounted(ITEM, 1), StockCounted(ITEM, 2), StockCounted(ITEM, 3))

    Inbox().receive(
        [
            record_for(StockCounted(ITEM, 20), version=2, offset=10),
            record_for(StockCounted(ITEM, 30), version=3, offset=11),
            record_for(StockCounted(ITEM, 40), version=4, offset=12),
        ]
    )
    key = StalledKey.objects.get()
    assert (key.state, key.reason) == ("parked", "fork")
    assert "restored from a backup" in key.error
    parked.retry(key_ids=[key.pk])

    assert [units for _, units in heard()] == [1, 2, 3, 20, 30, 40]
    assert not StalledKey.objects.exists()


def test_a_gap_that_will_never_close_is_given_up_by_skipping(hear: Ear) -> None:
    hear(StockCounted(ITEM, 1))
    Inbox().receive([record_for(StockCounted(ITEM, 5), version=5, offset=10)])

    parked.skip(key_ids=[StalledKey.objects.get().pk], why="the topic lost them")

    assert [units for _, units in heard()] == [1, 5]
    assert json.loads(bytes(LoggedEvent.objects.get().data))["missing_versions"] == [2, 4]


def test_not_yet_waits_for_the_other_stream_and_goes_on_when_it_moves(hear: Ear, install: Install) -> None:
    def needs_other(messages: list[Message[StockCounted]]) -> None:
        for message in messages:
            if message.event.item_id == ITEM and not Effect.objects.filter(item_id=OTHER, version=2).exists():
                raise Awaiting("shop.item", OTHER, 2)
        handlers.on_stock_counted(messages)

    install(StockCounted, bulk(needs_other, locks=no_shared_rows))  # type: ignore[arg-type]  # a list is a sequence

    hear(StockCounted(ITEM, 1), StockCounted(OTHER, 1))
    key = StalledKey.objects.get()
    assert (key.state, key.reason, key.awaits_version) == ("waiting", "awaiting", 2)
    hear(StockCounted(OTHER, 2))

    assert heard() == [(OTHER, 1), (OTHER, 2), (ITEM, 1)]
    assert not StalledKey.objects.exists()


def test_what_waits_for_more_than_ten_minutes_alarms_and_goes_on_waiting(
    hear: Ear, install: Install, later: Callable[[timedelta], None]
) -> None:
    def never(message: Message[StockCounted]) -> None:
        raise Awaiting("shop.item", OTHER, 1)

    install(StockCounted, single(never))
    hear(StockCounted(ITEM, 1))

    later(timedelta(seconds=11))
    assert retry_due() == 1
    assert not StalledKey.objects.get().alarmed
    later(timedelta(minutes=11))
    retry_due()

    key = StalledKey.objects.get()
    assert (key.state, key.alarmed) == ("waiting", True)


def test_a_message_that_alone_times_out_waits_and_is_parked_after_ten_minutes(
    hear: Ear, install: Install, later: Callable[[timedelta], None]
) -> None:
    def slow(message: Message[StockCounted]) -> None:
        raise TimeoutError("somebody holds these rows")

    install(StockCounted, single(slow))
    hear(StockCounted(ITEM, 1), ItemRenamed(OTHER, "jug"))
    assert [(key.state, key.reason) for key in StalledKey.objects.all()] == [("waiting", "timeout")]

    later(timedelta(minutes=5))
    retry_due()
    assert StalledKey.objects.get().state == "waiting"
    later(timedelta(minutes=6))
    retry_due()

    assert StalledKey.objects.get().state == "parked"


def test_the_command_lists_rehearses_retries_and_skips(hear: Ear, install: Install) -> None:
    install(StockCounted, refuse_units(2))
    hear(StockCounted(ITEM, 2), StockCounted(OTHER, 2), StockCounted(uuid4(), 5), parked=True)

    def said(*arguments: str) -> list[dict[str, object]]:
        out = StringIO()
        call_command("parked", *arguments, "--json", stdout=out)
        answer: list[dict[str, object]] = json.loads(out.getvalue())
        return answer

    assert {row["reason"] for row in said("list")} == {"failed"}
    assert len(said("retry", "--all", "--dry-run")) == 2
    with pytest.raises(SystemExit):
        said("rehearse", "--all")
    with pytest.raises(CommandError, match="Say why"):
        said("skip", "--all")
    with pytest.raises(CommandError, match="No key is meant"):
        said("retry")
    install(StockCounted, refuse_units())
    said("retry", "--reason", "failed")

    assert said("list", "--all") == []
    assert set(LoggedEvent.objects.values_list("actor", flat=True)) == {"system:command:parked"}
