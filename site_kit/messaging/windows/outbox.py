"""Windows on what is still to be sent, and on what the broker refused."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from site_kit.backoffice.model_admin import AppendOnlyAdmin, SiteModelAdmin, refusals_shown
from site_kit.messaging import parked
from site_kit.messaging.event_log import Stream
from site_kit.messaging.models import PendingEvent, UnsendableEvent
from site_kit.messaging.windows.logged_event_link import logged_event_link
from site_kit.messaging.windows.why_form import WhyForm, why_of


@admin.register(PendingEvent)
class PendingEventAdmin(AppendOnlyAdmin[PendingEvent]):
    """Events the broker has not acknowledged; usually empty."""

    icon = "outbox"
    list_display = ("recorded_at", "topic", "event", "size")
    list_display_links = None
    ordering = ("id",)
    sortable_by = ()

    @admin.display(description="event")
    def event(self, pending: PendingEvent) -> SafeString:
        return logged_event_link(pending.pk)


@admin.register(UnsendableEvent)
class UnsendableEventAdmin(SiteModelAdmin[UnsendableEvent]):
    """Events the broker refused and those behind them in their stream."""

    icon = "unsubscribe"
    action_form = WhyForm
    actions = ("send_again", "give_up")
    list_display = ("since", "topic", "aggregate_id", "event", "error")
    list_display_links = None
    list_filter = ("topic",)
    search_fields = ("aggregate_id__exact",)
    ordering = ("id",)
    sortable_by = ()

    @admin.display(description="event")
    def event(self, refused: UnsendableEvent) -> SafeString:
        return logged_event_link(refused.pk)

    @admin.action(description="Send the streams again", permissions=["change"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[UnsendableEvent]) -> None:
        """Queue what was set aside, whole streams."""
        with refusals_shown(request):
            number = parked.resend(streams=_streams(chosen), why=why_of(request))
            self.message_user(request, f"{number} events are queued again.")

    @admin.action(description="Give up the first event of the streams (needs a reason)", permissions=["change"])
    def give_up(self, request: HttpRequest, chosen: QuerySet[UnsendableEvent]) -> None:
        """Never send the head; queue the rest."""
        for stream in sorted(_streams(chosen)):
            with refusals_shown(request):
                number = parked.give_up_sending(stream=stream, why=why_of(request))
                self.message_user(request, format_html("{}: {} events behind it are queued again.", stream, number))


def _streams(chosen: QuerySet[Any]) -> set[Stream]:
    return {Stream(topic, aggregate_id) for topic, aggregate_id in chosen.values_list("topic", "aggregate_id")}
