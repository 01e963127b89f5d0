"""The window on holds and allocations: what is promised to orders."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from inventory_site.domain.models import Hold, HoldLine
from inventory_site.domain.operations.release_hold import release_hold
from site_kit.backoffice.model_admin import SiteModelAdmin, SiteTabularInline, refusals_shown


class HoldLineInline(SiteTabularInline[HoldLine]):
    """Where the units of an order are now."""

    model = HoldLine
    fields = readonly_fields = (
        "line_id",
        "stock_item",
        "units",
        "reserved",
        "allocated",
        "dispatched",
        "deducted",
        "returned",
    )
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Hold | None = None) -> bool:
        """Never by hand."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[HoldLine]:
        """With the names of what it shows."""
        return super().get_queryset(request).select_related("stock_item__variant", "stock_item__location")


@admin.register(Hold)
class HoldAdmin(SiteModelAdmin[Hold]):
    """Promises to orders. They end by a fact of the order, or here by hand."""

    icon = "handshake"
    list_display = ("order_id", "state", "reason", "created_at", "paid_at", "ended_at")
    list_filter = ("state",)
    search_fields = ("order_id__exact", "lease_id__exact")
    search_help_text = "A whole order id or lease id"
    ordering = ("-created_at", "order_id")
    fields = readonly_fields = ("order_id", "state", "reason", "lease_id", "created_at", "paid_at", "ended_at")
    inlines = (HoldLineInline,)
    actions = ("release",)

    @admin.action(description="Release selected holds (the order is told)", permissions=["change"])
    def release(self, request: HttpRequest, chosen: QuerySet[Hold]) -> None:
        """Give back everything these orders still have promised."""
        for order_id in chosen.order_by("order_id").values_list("order_id", flat=True):
            with refusals_shown(request):
                release_hold(order_id=order_id, why="released in the back office")
