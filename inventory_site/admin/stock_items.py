"""The window on stock: what is where, why, and the way to put it right."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from inventory_site.admin.adjust_form import AdjustForm
from inventory_site.admin.situation_filters import StockFilter
from inventory_site.admin.timeline import timeline
from inventory_site.domain.models import StockItem
from inventory_site.domain.operations.adjust_stock import adjust_stock
from inventory_site.domain.stock_queries import variants_called
from site_kit.backoffice.model_admin import SiteModelAdmin

NUMBERS = ("on_hand", "reserved", "allocated", "dispatched", "available")
ADJUSTMENT = (("delta", "counted", "reason"), ("note", "reference"), "seen_on_hand")


@admin.register(StockItem)
class StockItemAdmin(SiteModelAdmin[StockItem]):
    """Numbers are for reading; the form below them books an adjustment, and so changes them."""

    icon = "inventory_2"
    form = AdjustForm
    list_display = ("sku", "name", "location", *NUMBERS)
    list_display_links = ("sku",)
    list_select_related = ("variant", "location")
    list_filter: ClassVar[Sequence[Any]] = (StockFilter, "location")
    search_fields = ("variant__sku",)
    search_help_text = "The beginning of a SKU, a barcode or a variant's id"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-id",)
    autocomplete_fields = ("variant", "location")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[StockItem], search_term: str
    ) -> tuple[QuerySet[StockItem], bool]:
        """By variant, whose indexes answer at any size."""
        term = search_term.strip()
        return (queryset.filter(variant__in=variants_called(term)) if term else queryset), False

    def get_fieldsets(self, request: HttpRequest, obj: StockItem | None = None) -> Any:
        """The page of a stock item, or of one to be made."""
        adjust = ("Adjust" if obj else "Goods", {"fields": ADJUSTMENT})
        if obj is None:
            return [(None, {"fields": (("variant", "location"),)}), adjust]
        shown = [(None, {"fields": (("variant", "location"), "numbers")})]
        editable = [adjust] if self.has_change_permission(request, obj) else []
        return [*shown, *editable, ("Why these numbers", {"fields": ("movements",)})]

    def get_readonly_fields(self, request: HttpRequest, obj: StockItem | None = None) -> Sequence[str]:
        """Where it is never changes, and the numbers only by movements."""
        return ("variant", "location", "numbers", "movements") if obj else ()

    @admin.display(description="SKU")
    def sku(self, item: StockItem) -> str:
        """What is printed on the box."""
        return str(item.variant)

    @admin.display(description="Name")
    def name(self, item: StockItem) -> str:
        """What the catalogue calls it."""
        return item.variant.name

    @admin.display(description="Units")
    def numbers(self, item: StockItem) -> SafeString:
        """The buckets side by side."""
        buckets = [(bucket.replace("_", " "), getattr(item, bucket)) for bucket in NUMBERS]
        return render_to_string("inventory_site/numbers.html", {"buckets": buckets})

    @admin.display(description="")
    def movements(self, item: StockItem) -> SafeString:
        """The newest lines of the ledger."""
        return timeline(item)

    def through_operation(self, request: HttpRequest, form: Any, known: StockItem | None) -> StockItem:
        """Book the adjustment."""
        place = known or form.instance
        [done] = adjust_stock(adjustments=[form.adjustment(place.variant_id, place.location.code)])
        return StockItem.objects.get(pk=done.item.id)
