"""Start page of the sample site."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from site_kit.backoffice.cards import Card
from site_kit.testing.project.shelf.models import Box


def cards(request: HttpRequest) -> Sequence[Card]:
    """One card of each tone."""
    boxes = reverse("admin:shelf_box_changelist")
    heavy = Box.objects.filter(weight_g__gt=20_000)[:100].count()
    return [
        Card(label="Heavy boxes", number=heavy, link=boxes, tone="warn" if heavy else "good", needs="shelf.view_box"),
        Card(label="Waiting keys", number=0, tone="good"),
        Card(label="Outbox lag", number="2 min", tone="bad", hint="oldest of 14"),
        Card(label="Changed today", number=12, link=boxes, needs="shelf.view_box"),
        Card(label="Broker", number=None),
    ]
