"""The windows on low-stock rules and their alerts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from inventory_site.admin.links import page_link
from inventory_site.admin.situation_filters import OpenFilter
from inventory_site.domain.models import LowStockAlert, LowStockRule
from inventory_site.domain.operations.set_minimums import add_minimum, change_minimum, remove_minimum
from inventory_site.domain.stock_queries import variants_called
from site_kit.backoffice.model_admin import AppendOnlyAdmin, SiteModelAdmin


@admin.register(LowStockRule)
class LowStockRuleAdmin(SiteModelAdmin[LowStockRule]):
    """The least that should be available, at one location or at all together."""

    icon = "rule"
    list_display = ("variant", "name", "place", "minimum")
    list_select_related = ("variant", "location")
    list_filter: ClassVar[Sequence[Any]] = ("location",)
    search_fields = ("variant__sku",)
    search_help_text = "The beginning of a SKU, a barcode or a variant's id"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-id",)
    autocomplete_fields = ("variant", "location")
    fields = (("variant", "location"), "minimum")

    def get_readonly_fields(self, request: HttpRequest, obj: LowStockRule | None = None) -> Sequence[str]:
        """What it is about never changes."""
        return ("variant", "location") if obj else ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LowStockRule], search_term: str
    ) -> tuple[QuerySet[LowStockRule], bool]:
        """By variant, whose indexes answer at any size."""
        term = search_term.strip()
        return (queryset.filter(variant__in=variants_called(term)) if term else queryset), False

    @admin.display(description="name")
    def name(self, rule: LowStockRule) -> str:
        """What the catalogue calls the variant."""
        return rule.variant.name

    @admin.display(description="location")
    def place(self, rule: LowStockRule) -> str:
        """Where it looks."""
        return rule.location.code if rule.location else "all together"

    def through_operation(self, request: HttpRequest, form: Any, known: LowStockRule | None) -> LowStockRule:
        """Add the rule or set another minimum."""
        typed = form.cleaned_data
        if known is not None:
            return change_minimum(rule_id=known.pk, minimum=typed["minimum"])
        place = typed["location"].code if typed["location"] else None
        return add_minimum(variant_id=typed["variant"].pk, minimum=typed["minimum"], location=place)

    def delete_model(self, request: HttpRequest, obj: LowStockRule) -> None:
        """Stop watching; an open alert closes."""
        remove_minimum(rule_id=obj.pk)


@admin.register(LowStockAlert)
class LowStockAlertAdmin(AppendOnlyAdmin[LowStockAlert]):
    """What fell below its minimum; opens and closes by itself."""

    icon = "notification_important"
    list_display = ("variant", "name", "place", "available", "minimum", "opened_at", "closed_at")
    list_select_related = ("variant", "location", "rule")
    list_filter: ClassVar[Sequence[Any]] = (OpenFilter,)
    search_fields = ("variant__sku",)
    search_help_text = "The beginning of a SKU, a barcode or a variant's id"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-opened_at", "alert_id")
    fields = (("variant", "place"), ("available", "minimum"), ("opened_at", "closed_at"), "watched_by")
    readonly_fields = ("place", "watched_by")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LowStockAlert], search_term: str
    ) -> tuple[QuerySet[LowStockAlert], bool]:
        """By variant, whose indexes answer at any size."""
        term = search_term.strip()
        return (queryset.filter(variant__in=variants_called(term)) if term else queryset), False

    @admin.display(description="name")
    def name(self, alert: LowStockAlert) -> str:
        """What the catalogue calls the variant."""
        return alert.variant.name

    @admin.display(description="location")
    def place(self, alert: LowStockAlert) -> str:
        """Where it looked."""
        return alert.location.code if alert.location else "all together"

    @admin.display(description="rule")
    def watched_by(self, alert: LowStockAlert) -> SafeString | str:
        """The rule, if it is still there."""
        return page_link(alert.rule) if alert.rule else "removed"
