"""Windows on keys that stand still: look, rehearse, retry, skip, in bulk."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from site_kit.backoffice.model_admin import SiteModelAdmin, refusals_shown
from site_kit.messaging import parked
from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox.line import messages_of, stream_of
from site_kit.messaging.models import ParkedKey, StalledKey, StalledMessage, WaitingKey
from site_kit.messaging.rehearsal import Rehearsal
from site_kit.messaging.windows.readable import block, short, stalled_fields
from site_kit.messaging.windows.why_form import WhyForm, why_of

T = TypeVar("T")
SHOWN_IN_LINE = 20


class StalledKeyAdmin(SiteModelAdmin[Any]):
    """What both windows have in common; every action goes through `site_kit.messaging.parked`."""

    action_form = WhyForm
    actions = ("rehearse", "retry", "skip")
    list_display = ("aggregate_id", "topic", "reason", "in_line", "since", "tries", "error")
    list_filter = ("topic", "reason")
    search_fields = ("aggregate_id__exact", "error_class__exact")
    ordering = ("since", "id")
    fields = (
        "aggregate_id",
        "topic",
        "state",
        "reason",
        "since",
        "tries",
        "next_try_at",
        "error_class",
        "error",
        "line",
        "trace",
    )
    readonly_fields = ("line", "trace")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Keys with the length of their line, counted in the same query."""
        line = StalledMessage.objects.filter(topic=OuterRef("topic"), aggregate_id=OuterRef("aggregate_id"))
        length = line.order_by().values("topic").annotate(length=Count("*")).values("length")
        counted = Coalesce(Subquery(length, output_field=IntegerField()), 0)
        keys: QuerySet[Any] = super().get_queryset(request).annotate(length=counted)
        return keys

    @admin.display(description="messages")
    def in_line(self, key: Any) -> int:
        return int(key.length)

    @admin.display(description="in line")
    def line(self, key: StalledKey) -> SafeString:
        """The first messages, decoded."""
        shown = [
            (f"{short(message.type) or 'record'} v{message.version}", block(stalled_fields(message)))
            for message in messages_of(stream_of(key))[:SHOWN_IN_LINE]
        ]
        return format_html_join("", '<p class="font-medium">{}</p>{}', shown)

    @admin.display(description="traceback")
    def trace(self, key: StalledKey) -> SafeString:
        return block(key.traceback or "none")

    @admin.action(description="Rehearse: what would a retry do?", permissions=["change"])
    def rehearse(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Run the handlers and roll back."""
        for rehearsal in self._each(request, chosen, lambda key_id: parked.rehearse(key_ids=[key_id])):
            self.message_user(request, _told(rehearsal), "warning" if rehearsal.error else "success")

    @admin.action(description="Retry", permissions=["change"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Handle the line again."""
        why = why_of(request)
        self._tell(request, self._each(request, chosen, lambda key_id: parked.retry(key_ids=[key_id], why=why)))

    @admin.action(description="Skip the first message (needs a reason)", permissions=["change"])
    def skip(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Give the first message up for good."""
        why = why_of(request)
        self._tell(request, self._each(request, chosen, lambda key_id: parked.skip(key_ids=[key_id], why=why)))

    def _each(self, request: HttpRequest, chosen: QuerySet[Any], act: Callable[[int], Sequence[T]]) -> list[T]:
        done: list[T] = []
        for key_id in chosen.order_by("since", "pk").values_list("pk", flat=True):
            with refusals_shown(request):
                done.extend(act(key_id))
        return done

    def _tell(self, request: HttpRequest, actions: Sequence[parked.Action]) -> None:
        free = sum(action.is_free for action in actions)
        if free:
            self.message_user(request, f"{free} keys are free again.", "success")
        for action in actions:
            if not action.is_free:
                text = f"{_name(action.stream)}: {action.handled} handled, {action.left} left: {action.error}"
                self.message_user(request, text, "warning")


@admin.register(ParkedKey)
class ParkedKeyAdmin(StalledKeyAdmin):
    """Keys that wait for a person."""

    icon = "local_parking"


@admin.register(WaitingKey)
class WaitingKeyAdmin(StalledKeyAdmin):
    """Keys that go on by themselves."""

    icon = "hourglass_top"


def _name(stream: Stream) -> str:
    return f"{stream.topic} {stream.aggregate_id}"


def _told(rehearsal: Rehearsal) -> str:
    tells = ", ".join(short(name) for name in rehearsal.would_tell) or "nothing"
    stop = f", then stops: {rehearsal.error}" if rehearsal.error else ", and the key is free"
    return f"{_name(rehearsal.stream)}: handles {rehearsal.would_handle}, tells {tells}{stop}"
