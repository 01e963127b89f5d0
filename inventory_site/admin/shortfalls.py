"""The shortfall desk: where more is promised than is there."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from inventory_site.admin.filters import OpenFilter
from inventory_site.domain.models import Shortfall
from inventory_site.domain.operations.settle_shortfall import settle_shortfall
from site_kit.backoffice.model_admin import SiteModelAdmin, refusals_shown


@admin.register(Shortfall)
class ShortfallAdmin(SiteModelAdmin[Shortfall]):
    """Opens and closes itself; staff settle one by giving back promises, which the orders hear of."""

    icon = "warning"
    list_display = ("sku", "place", "units", "opened_at", "closed_at")
    list_display_links = ("sku",)
    list_select_related = ("stock_item__variant", "stock_item__location")
    list_filter = (OpenFilter,)
    search_fields = ("stock_item__variant__sku__exact",)
    search_help_text = "A whole SKU"
    ordering = ("-opened_at", "id")
    fields = readonly_fields = ("stock_item", "units", "opened_at", "closed_at")
    actions = ("settle",)

    @admin.action(description="Settle: give back promises, newest unpaid first", permissions=["change"])
    def settle(self, request: HttpRequest, chosen: QuerySet[Shortfall]) -> None:
        """Give back until what is promised fits what is there."""
        for stock_item_id in chosen.order_by("stock_item_id").values_list("stock_item_id", flat=True):
            with refusals_shown(request):
                units = settle_shortfall(stock_item_id=stock_item_id, why="settled in the back office")
                messages.success(request, f"{units} units given back; the orders are told.")

    @display(description="SKU")
    def sku(self, shortfall: Shortfall) -> str:
        """Of what."""
        return str(shortfall.stock_item.variant)

    @display(description="Location")
    def place(self, shortfall: Shortfall) -> str:
        """Where."""
        return shortfall.stock_item.location.code
