"""The numbers an editor looks at first, each leading to the rows it counts."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from catalog_site.admin.product_filters import today
from catalog_site.domain.models import Product, Status
from catalog_site.domain.queries import at_most
from site_kit.backoffice.cards import Card, Tone
from site_kit.messaging.cards import messaging_cards

COUNTED_UP_TO = 10_000


def cards(request: HttpRequest) -> Sequence[Card]:
    """Drafts, what lacks a price or stock, what changed today, and the bridge: seven cheap queries."""
    drafts = Product.objects.filter(status=Status.DRAFT)
    unpriced = Product.objects.filter(priced=False).exclude(status=Status.ARCHIVED)
    sold_out = Product.objects.filter(in_stock=False, status=Status.ACTIVE)
    changed = Product.objects.filter(updated_at__gte=today())
    return [
        _card("Drafts", at_most(drafts, COUNTED_UP_TO), "calm", status__exact=Status.DRAFT.value),
        _card("Without price", at_most(unpriced, COUNTED_UP_TO), "warn", lacks="price"),
        _card("Active, without stock", at_most(sold_out, COUNTED_UP_TO), "warn", lacks="stock"),
        _card("Changed today", at_most(changed, COUNTED_UP_TO), "calm", changed="today"),
        *messaging_cards(),
    ]


def _card(label: str, count: int, tone: Tone, **filters: str) -> Card:
    return Card(
        label=label,
        number=f"{COUNTED_UP_TO:,}+" if count >= COUNTED_UP_TO else count,
        link=f"{reverse('admin:catalog_product_changelist')}?{urlencode(filters)}",
        tone=tone if count else "good",
        needs="catalog.view_product",
    )
