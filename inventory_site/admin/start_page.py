"""The numbers a stock keeper looks at first, each leading to the rows it counts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from inventory_site.admin.situation_filters import EXPIRES_SOON, LEFT_UNPAID
from inventory_site.domain import clock
from inventory_site.domain.models import Hold, HoldState, Lease, LeaseState, LowStockAlert, Shortfall
from inventory_site.domain.stock_queries import at_most
from site_kit.backoffice.cards import Card, Tone
from site_kit.messaging.cards import messaging_cards

COUNTED_UP_TO = 10_000


def cards(request: HttpRequest) -> Sequence[Card]:
    """Below minimum, shortfalls, leases about to expire, holds left unpaid, and the bridge: seven cheap queries."""
    now = clock.now()
    low = LowStockAlert.objects.filter(closed_at=None)
    short = Shortfall.objects.filter(closed_at=None)
    ending = Lease.objects.filter(state=LeaseState.LIVE, expires_at__lte=now + EXPIRES_SOON)
    unpaid = Hold.objects.filter(state=HoldState.HELD, created_at__lte=now - LEFT_UNPAID)
    return [
        _card("Below minimum", low, "warn", is_open="yes"),
        _card("Open shortfalls", short, "bad", is_open="yes", hint="More is promised than there is."),
        _card("Leases about to expire", ending, "calm", situation="soon", hint=f"Within {_span(EXPIRES_SOON)}."),
        _card("Holds left unpaid", unpaid, "warn", situation="unpaid", hint=f"For more than {_span(LEFT_UNPAID)}."),
        *messaging_cards(),
    ]


def _card(label: str, rows: QuerySet[Any], tone: Tone, *, hint: str = "", **filters: str) -> Card:
    count, model = at_most(rows, COUNTED_UP_TO), rows.model._meta.model_name
    return Card(
        label=label,
        number=f"{COUNTED_UP_TO:,}+" if count >= COUNTED_UP_TO else count,
        link=f"{reverse(f'admin:inventory_{model}_changelist')}?{urlencode(filters)}",
        tone=tone if count else "good",
        hint=hint,
        needs=f"inventory.view_{model}",
    )


def _span(time: timedelta) -> str:
    hours = time.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours >= 1 else f"{hours * 60:.0f} minutes"
