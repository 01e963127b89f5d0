"""From a pointer to the event it points at."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def logged_event_link(log_id: int) -> SafeString:
    """A link to the page of a logged event."""
    address = reverse("admin:messaging_loggedevent_change", args=[log_id])
    return format_html('<a href="{}" class="font-mono underline">#{}</a>', address, log_id)
