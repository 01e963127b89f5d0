"""The window on the ledger."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from inventory_site.admin.links import cause_link
from inventory_site.admin.timeline import BUCKETS, change, why
from inventory_site.domain.models import Movement, StockItem
from inventory_site.domain.stock_queries import variants_called
from site_kit.backoffice.model_admin import AppendOnlyAdmin


@admin.register(Movement)
class MovementAdmin(AppendOnlyAdmin[Movement]):
    """Every line of the ledger, newest first; nobody writes, changes or deletes one by hand."""

    icon = "swap_vert"
    list_display = ("recorded_at", "kind", "sku", "place", "changed", "on_hand_after", "reasons", "caused_by", "actor")
    list_display_links = ("recorded_at",)
    list_select_related = ("stock_item__variant", "stock_item__location")
    list_filter: ClassVar[Sequence[Any]] = ("kind",)
    search_fields = ("cause_id",)
    search_help_text = "The id of an order, lease, shipment, return or adjustment, or the beginning of a SKU"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-id",)
    readonly_fields = ("sku", "place", "changed", "reasons", "caused_by")
    fields = (
        ("recorded_at", "actor"),
        ("kind", "sku", "place"),
        BUCKETS,
        tuple(f"{bucket}_after" for bucket in BUCKETS[:4]),
        ("caused_by", "reason", "reference"),
        "note",
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Stock items' pages lead here."""
        return lookup == "stock_item__id__exact" or bool(super().lookup_allowed(lookup, value, request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Movement], search_term: str
    ) -> tuple[QuerySet[Movement], bool]:
        """By what caused it, or by the stock items of variants: each is an index."""
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            return queryset.filter(cause_id=UUID(term)), False
        except ValueError:
            items = StockItem.objects.filter(variant__in=variants_called(term)).values_list("pk", flat=True)
            return queryset.filter(stock_item__in=list(items)), False

    @admin.display(description="SKU")
    def sku(self, movement: Movement) -> str:
        """What moved."""
        return str(movement.stock_item.variant)

    @admin.display(description="location")
    def place(self, movement: Movement) -> str:
        """Where."""
        return movement.stock_item.location.code

    @admin.display(description="change")
    def changed(self, movement: Movement) -> str:
        """The differences in words."""
        return change(movement)

    @admin.display(description="why")
    def reasons(self, movement: Movement) -> str:
        """Reason, note and reference."""
        return why(movement)

    @admin.display(description="caused by")
    def caused_by(self, movement: Movement) -> SafeString:
        """The order, lease, shipment, return or adjustment."""
        return cause_link(movement)
