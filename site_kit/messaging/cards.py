"""What every start page says about the bridge."""

from datetime import timedelta

from django.urls import reverse

from site_kit.backoffice.cards import Card
from site_kit.messaging import clock
from site_kit.messaging.models import ParkedKey, PendingEvent, WaitingKey

LATE = timedelta(seconds=30)
COUNTED_UP_TO = 10_000


def messaging_cards() -> list[Card]:
    """Outbox lag, parked keys and waiting keys, each with its window; three cheap queries."""
    return [_outbox(), _parked(), _waiting()]


def _outbox() -> Card:
    oldest = PendingEvent.objects.order_by("id").values_list("recorded_at", flat=True).first()
    behind = clock.now() - oldest if oldest else timedelta(0)
    return Card(
        label="Oldest event not sent",
        number=_span(behind) if oldest else "none",
        link=reverse("admin:messaging_pendingevent_changelist"),
        tone="warn" if behind > LATE else "good",
        hint="Events on their way to the other sites.",
        needs="messaging.view_pendingevent",
    )


def _parked() -> Card:
    count = ParkedKey.objects.filter(state="parked")[:COUNTED_UP_TO].count()
    return Card(
        label="Parked keys",
        number=count,
        link=reverse("admin:messaging_parkedkey_changelist"),
        tone="bad" if count else "good",
        hint="Messages that failed and wait for a person.",
        needs="messaging.view_parkedkey",
    )


def _waiting() -> Card:
    count = WaitingKey.objects.filter(state="waiting")[:COUNTED_UP_TO].count()
    return Card(
        label="Waiting keys",
        number=count,
        link=reverse("admin:messaging_waitingkey_changelist"),
        tone="warn" if count else "good",
        hint="Messages that came before what they need.",
        needs="messaging.view_waitingkey",
    )


def _span(behind: timedelta) -> str:
    seconds = max(0, round(behind.total_seconds()))
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"
