"""A window on the event log."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from site_kit.backoffice.model_admin import AppendOnlyAdmin
from site_kit.messaging.configuration import catalogue, configuration
from site_kit.messaging.emit import STAFF_CHANGED
from site_kit.messaging.models import LoggedEvent
from site_kit.messaging.windows.readable import block, logged_fields, short


class TypeFilter(admin.SimpleListFilter):
    """By type of event; the choices come from the catalogue, not from a scan of the log."""

    title = "type"
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        own = (kind.TYPE for kind in catalogue().published_by(configuration().site))
        return [(name, short(name)) for name in (*own, STAFF_CHANGED)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LoggedEvent]) -> QuerySet[LoggedEvent]:
        return queryset.filter(type=self.value()) if self.value() else queryset


class WhoFilter(admin.SimpleListFilter):
    """By what kind of hand did it."""

    title = "who"
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("staff", "staff"), ("client", "an API client"), ("event", "another event"), ("system", "the system")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LoggedEvent]) -> QuerySet[LoggedEvent]:
        if not self.value():
            return queryset
        return queryset.filter(actor__gte=f"{self.value()}:", actor__lt=f"{self.value()};")


@admin.register(LoggedEvent)
class LoggedEventAdmin(AppendOnlyAdmin[LoggedEvent]):
    """Everything this site said and did; read-only. Search for an aggregate, a correlation, an event or an actor."""

    icon = "history"
    list_display = ("recorded_at", "event_type", "aggregate", "version", "actor", "why", "correlation")
    list_display_links = ("event_type",)
    list_filter = (TypeFilter, WhoFilter)
    search_fields = ("aggregate_id",)
    search_help_text = "A whole aggregate id, correlation id, event id, or an actor such as staff:17"
    ordering = ("-id",)
    sortable_by: ClassVar[Sequence[str]] = ()
    fields = (
        "event_type",
        "aggregate",
        "version",
        "recorded_at",
        "actor",
        "why",
        "correlation",
        "caused_by",
        "event_id",
        "schema_fp",
        "traceparent",
        "content",
    )
    readonly_fields = ("event_type", "aggregate", "correlation", "caused_by", "content")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LoggedEvent], search_term: str
    ) -> tuple[QuerySet[LoggedEvent], bool]:
        """Whole ids only: each is an index."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if ":" in term:
            return queryset.filter(actor=term), False
        return queryset.filter(Q(aggregate_id=term) | Q(correlation_id=term) | Q(causation_id=term) | _is(term)), False

    @admin.display(description="event", ordering="type")
    def event_type(self, event: LoggedEvent) -> str:
        return short(event.type)

    @admin.display(description="aggregate")
    def aggregate(self, event: LoggedEvent) -> SafeString:
        return format_html("{} {}", event.topic, _search(event.aggregate_id))

    @admin.display(description="correlation")
    def correlation(self, event: LoggedEvent) -> SafeString:
        return _search(event.correlation_id)

    @admin.display(description="caused by", empty_value="-")
    def caused_by(self, event: LoggedEvent) -> SafeString | None:
        return _search(event.causation_id) if event.causation_id else None

    @admin.display(description="content")
    def content(self, event: LoggedEvent) -> SafeString:
        return block(logged_fields(event))


def _search(term: str) -> SafeString:
    address = f"{reverse('admin:messaging_loggedevent_changelist')}?{urlencode({'q': term})}"
    return format_html('<a href="{}" class="font-mono underline">{}</a>', address, term)


def _is(term: str) -> Q:
    try:
        return Q(event_id=UUID(term))
    except ValueError:
        return Q(pk__in=())
