"""The window on stock: what is where, why, and the place to put it right."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from unfold.decorators import display

from inventory_site.admin.adjust_form import AdjustForm
from inventory_site.domain.models import Movement, StockItem
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from site_kit.backoffice.model_admin import SiteModelAdmin

NUMBERS = ("on_hand", "reserved", "allocated", "dispatched", "available")
SHOWN_MOVEMENTS = 25


class AvailabilityFilter(admin.SimpleListFilter):
    """What can be promised: nothing, something, or less than nothing."""

    title = "availability"
    parameter_name = "availability"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("none", "none available"), ("some", "available"), ("short", "promised beyond what is there")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StockItem]) -> QuerySet[StockItem]:
        """The rows that fit."""
        chosen = {"none": {"available": 0}, "some": {"available__gt": 0}, "short": {"available__lt": 0}}
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(StockItem)
class StockItemAdmin(SiteModelAdmin[StockItem]):
    """Numbers are for reading; they change by an adjustment with a reason, which is a line of the ledger."""

    icon = "inventory_2"
    form = AdjustForm
    list_display = ("sku", "variant_name", "location", *NUMBERS)
    list_display_links = ("sku",)
    list_select_related = ("variant", "location")
    list_filter = (AvailabilityFilter, "location")
    search_fields = ("variant__sku__istartswith", "variant__barcode__exact", "variant__name__istartswith")
    search_help_text = "SKU, barcode or the beginning of a name"
    ordering = ("variant__sku", "location")
    autocomplete_fields = ("variant", "location")
    readonly_fields = ("numbers", "ledger")

    def get_fieldsets(self, request: HttpRequest, obj: StockItem | None = None) -> Any:
        """A new stock item begins with its first goods; a known one shows its numbers and their story."""
        adjust = ("Adjust", {"fields": (("delta", "counted"), ("reason", "reference"), "note", "expected")})
        if obj is None:
            return [("Where", {"fields": ("variant", "location")}), adjust]
        shown = [("Now", {"fields": (("variant", "location"), "numbers")}), adjust]
        return [*shown, ("Why this number", {"fields": ("ledger",)})]

    def get_readonly_fields(self, request: HttpRequest, obj: StockItem | None = None) -> tuple[str, ...]:
        """What a row is about never changes."""
        return (*self.readonly_fields, *(("variant", "location") if obj else ()))

    def through_operation(self, request: HttpRequest, form: ModelForm[StockItem], known: StockItem | None) -> StockItem:
        """Book the adjustment."""
        wished = form.cleaned_data
        row = known or form.instance
        [adjusted] = adjust_stock(
            adjustments=[
                Adjustment(
                    variant_id=row.variant_id,
                    location=row.location.code,
                    reason=wished["reason"],
                    delta=wished["delta"],
                    counted=wished["counted"],
                    expected=wished["expected"],
                    note=wished["note"],
                    reference=wished["reference"],
                )
            ]
        )
        return StockItem.objects.select_related("variant", "location").get(pk=adjusted.item.id)

    @display(description="SKU", ordering="variant__sku")
    def sku(self, item: StockItem) -> str:
        """What the label says."""
        return str(item.variant)

    @display(description="Variant")
    def variant_name(self, item: StockItem) -> str:
        """What it is called."""
        return item.variant.name

    @display(description="Units")
    def numbers(self, item: StockItem) -> str:
        """The buckets side by side."""
        buckets = [(name.replace("_", " "), getattr(item, name)) for name in NUMBERS]
        return render_to_string("inventory_site/numbers.html", {"buckets": buckets})

    @display(description="Movements")
    def ledger(self, item: StockItem) -> str:
        """The last lines of the ledger, newest first."""
        lines = Movement.objects.filter(stock_item=item).order_by("-id")[:SHOWN_MOVEMENTS]
        return render_to_string("inventory_site/ledger.html", {"lines": lines, "item": item, "shown": SHOWN_MOVEMENTS})
