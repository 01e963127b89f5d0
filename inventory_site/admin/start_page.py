"""What a stock keeper sees first."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse

from inventory_site.domain import clock
from inventory_site.domain.models import Hold, Lease, LeaseState, LowStockAlert, Shortfall
from inventory_site.domain.models.hold import HoldState
from site_kit.backoffice.cards import Card
from site_kit.messaging.cards import messaging_cards

SOON = timedelta(minutes=5)
STALE = timedelta(hours=24)
COUNTED_UP_TO = 10_000


def cards(request: HttpRequest) -> Sequence[Card]:
    """Below minimum, missing, about to expire, forgotten; then how the bridge does."""
    return [_below_minimum(), _shortfalls(), _leases_ending(), _old_holds(), *messaging_cards()]


def _below_minimum() -> Card:
    count = LowStockAlert.objects.filter(closed_at=None)[:COUNTED_UP_TO].count()
    return Card(
        label="Below minimum",
        number=count,
        link=reverse("admin:inventory_lowstockalert_changelist") + "?state=open",
        tone="warn" if count else "good",
        hint="Variants with fewer units available than their rule asks for.",
        needs="inventory.view_lowstockalert",
    )


def _shortfalls() -> Card:
    count = Shortfall.objects.filter(closed_at=None)[:COUNTED_UP_TO].count()
    return Card(
        label="Open shortfalls",
        number=count,
        link=reverse("admin:inventory_shortfall_changelist") + "?state=open",
        tone="bad" if count else "good",
        hint="More is promised than is there.",
        needs="inventory.view_shortfall",
    )


def _leases_ending() -> Card:
    ending = Lease.objects.filter(state=LeaseState.LIVE, expires_at__lte=clock.now() + SOON)
    return Card(
        label="Leases about to expire",
        number=ending[:COUNTED_UP_TO].count(),
        link=reverse("admin:inventory_lease_changelist") + "?state__exact=live",
        hint="Live leases that end within five minutes.",
        needs="inventory.view_lease",
    )


def _old_holds() -> Card:
    old = Hold.objects.filter(state=HoldState.HELD, created_at__lte=clock.now() - STALE)
    count = old[:COUNTED_UP_TO].count()
    return Card(
        label="Unpaid for more than a day",
        number=count,
        link=reverse("admin:inventory_hold_changelist") + "?state__exact=held",
        tone="warn" if count else "calm",
        hint="Holds have no clock here: the order ends them.",
        needs="inventory.view_hold",
    )
