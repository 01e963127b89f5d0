"""From a row to the rows it belongs to."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inventory_site.domain.models import Cause, Movement

LOOK = "text-primary-600 dark:text-primary-500 underline"


def page_link(row: Model, text: Any = None) -> SafeString:
    """A link to the page of a row."""
    address = reverse(f"admin:inventory_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}" class="{}">{}</a>', address, LOOK, row if text is None else text)


def list_link(model: type[Model], text: str, **query: Any) -> SafeString:
    """A link to a narrowed list."""
    address = reverse(f"admin:inventory_{model._meta.model_name}_changelist")
    return format_html('<a href="{}?{}" class="{}">{}</a>', address, urlencode(query), LOOK, text)


def movements_of(cause_id: UUID) -> SafeString:
    """A link to everything in the ledger that one thing caused."""
    return list_link(Movement, "movements", q=cause_id)


def cause_link(movement: Movement) -> SafeString:
    """What a movement was made for: a link to the order's hold or the lease, else the bare id."""
    page = {Cause.ORDER.value: "hold", Cause.LEASE.value: "lease"}.get(movement.cause)
    if page is None:
        return format_html("{} {}", movement.cause, movement.cause_id)
    address = reverse(f"admin:inventory_{page}_change", args=[movement.cause_id])
    return format_html('{} <a href="{}" class="{}">{}</a>', movement.cause, address, LOOK, movement.cause_id)
