"""Tests of the bridge's windows, through the pages themselves."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from site_kit.context import Actor, acting
from site_kit.messaging.emit import emit, emit_many, log_staff_change
from site_kit.messaging.handlers import Message, single
from site_kit.messaging.models import ConsumedTopic, LoggedEvent, StalledKey
from site_kit.messaging.testing import Ear
from site_kit.messaging.tests.shop import handlers
from site_kit.messaging.tests.shop.events import StockCounted
from site_kit.messaging.tests.shop.models import Effect

pytestmark = pytest.mark.django_db
ITEM = UUID("00000000-0000-4000-8000-000000000001")
Staff = Callable[..., Client]


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"admin:messaging_{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def poisoned(hear: Ear, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A key is parked; the call heals the handler."""

    def fails(message: Message[StockCounted]) -> None:
        raise ValueError("no such shelf")

    good = handlers.HANDLERS[StockCounted]
    monkeypatch.setitem(handlers.HANDLERS, StockCounted, single(fails))
    hear(StockCounted(ITEM, 1), StockCounted(ITEM, 2), parked=True)
    return lambda: monkeypatch.setitem(handlers.HANDLERS, StockCounted, good)


def act(client: Client, action: str, why: str = "") -> str:
    address = reverse("admin:messaging_parkedkey_changelist")
    chosen = [str(key) for key in StalledKey.objects.values_list("pk", flat=True)]
    answer = client.post(address, {"action": action, "why": why, "_selected_action": chosen}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_log_is_listed_decoded_and_cannot_be_changed(staff: Staff) -> None:
    with acting(actor=Actor("staff", "17"), correlation_id="c-17"):
        told = emit(StockCounted(ITEM, 5, "counted twice"), why="stocktaking")
        log_staff_change("role", "editors", change={"granted": ["x"]})
    event = LoggedEvent.objects.get(published=True)
    auditor = staff("auditor")

    listed = page(auditor, "loggedevent_changelist")
    shown = page(auditor, "loggedevent_change", event.pk)

    assert "StockCounted" in listed
    assert "stocktaking" in listed
    for text in (str(told.event_id), "counted twice", "c-17", "staff:17"):
        assert text in shown
    assert auditor.post(reverse("admin:messaging_loggedevent_change", args=[event.pk]), {}).status_code == 403
    assert auditor.get(reverse("admin:messaging_loggedevent_add")).status_code == 403
    assert auditor.get(reverse("admin:messaging_loggedevent_delete", args=[event.pk])).status_code == 403


@pytest.mark.parametrize("by", ["aggregate_id", "correlation_id", "event_id", "actor", "causation_id"])
def test_the_log_is_searched_by_whole_ids(staff: Staff, by: str) -> None:
    with acting(actor=Actor("staff", "17"), correlation_id="c-17", causation_id="e-1"):
        emit(StockCounted(ITEM, 5))
    with acting(actor=Actor("client", "till"), correlation_id="c-18", causation_id="e-2"):
        emit(StockCounted(UUID(int=2), 5))
    wanted = str(getattr(LoggedEvent.objects.get(aggregate_id=ITEM), by))

    found = page(staff("auditor"), "loggedevent_changelist", q=wanted)

    assert "c-17" in found
    assert "c-18" not in found


def test_the_log_is_filtered_by_type_and_by_who(staff: Staff) -> None:
    with acting(actor=Actor("staff", "17"), correlation_id="c-17"):
        emit(StockCounted(ITEM, 5))
    with acting(actor=Actor("client", "till"), correlation_id="c-18"):
        log_staff_change("role", "editors", change={})
    auditor = staff("auditor")

    assert "c-18" not in page(auditor, "loggedevent_changelist", type=StockCounted.TYPE)
    assert "c-17" not in page(auditor, "loggedevent_changelist", who="client")


def test_what_is_to_be_sent_is_shown(staff: Staff) -> None:
    emit_many([StockCounted(ITEM, units) for units in range(3)])

    assert page(staff("auditor"), "pendingevent_changelist").count("shop.item") >= 3


def test_a_parked_key_shows_its_line_and_its_error(staff: Staff, poisoned: Callable[[], None]) -> None:
    operator = staff("platform_operator")

    assert "no such shelf" in page(operator, "parkedkey_changelist")
    shown = page(operator, "parkedkey_change", StalledKey.objects.get().pk)

    assert "StockCounted v1" in shown
    assert "StockCounted v2" in shown
    assert "ValueError" in shown


def test_staff_rehearse_and_retry_in_bulk(staff: Staff, poisoned: Callable[[], None]) -> None:
    operator = staff("platform_operator")

    assert "then stops: no such shelf" in act(operator, "rehearse")
    poisoned()
    assert "handles 2, tells nothing, and the key is free" in act(operator, "rehearse")
    assert not Effect.objects.exists()
    assert "1 keys are free again" in act(operator, "retry", "healed")

    assert Effect.objects.count() == 2
    assert set(LoggedEvent.objects.values_list("type", flat=True)) == {"StaffChanged"}
    assert LoggedEvent.objects.latest("id").why == "healed"


def test_skipping_without_a_reason_is_refused_on_the_page(staff: Staff, poisoned: Callable[[], None]) -> None:
    operator = staff("platform_operator")

    assert "Say why" in act(operator, "skip")
    assert StalledKey.objects.exists()
    poisoned()
    assert "1 keys are free again" in act(operator, "skip", "a test order")

    assert list(Effect.objects.values_list("version", flat=True)) == [2]


def test_an_auditor_sees_but_may_not_act(staff: Staff, poisoned: Callable[[], None]) -> None:
    auditor = staff("auditor")

    assert "no such shelf" in page(auditor, "parkedkey_changelist")
    act(auditor, "skip", "because")

    assert StalledKey.objects.exists()


def test_a_topic_alarm_is_acknowledged_and_logged(staff: Staff) -> None:
    ConsumedTopic.objects.create(topic="shop.item", is_present=True, alarm="made anew")
    operator = staff("platform_operator")
    assert "made anew" in page(operator, "consumedtopic_changelist")

    address = reverse("admin:messaging_consumedtopic_changelist")
    operator.post(address, {"action": "acknowledge", "_selected_action": ["shop.item"], "why": "known"})

    assert ConsumedTopic.objects.get().alarm == ""
    assert LoggedEvent.objects.get().why == "known"
