"""The window on the stock ledger: read, never written."""

from django.contrib import admin
from unfold.decorators import display

from inventory_site.domain.models import Movement
from site_kit.backoffice.model_admin import AppendOnlyAdmin


@admin.register(Movement)
class MovementAdmin(AppendOnlyAdmin[Movement]):
    """Every line that ever moved a number."""

    icon = "receipt_long"
    list_display = ("recorded_at", "sku", "place", "kind", "on_hand", "reserved", "allocated", "dispatched", "why")
    list_display_links = ("recorded_at",)
    list_select_related = ("stock_item__variant", "stock_item__location")
    list_filter = ("kind",)
    search_fields = ("cause_id__exact", "stock_item__variant__sku__exact")
    search_help_text = "A whole SKU, or the id of an order, lease, shipment, return or adjustment"
    ordering = ("-id",)

    @display(description="SKU")
    def sku(self, line: Movement) -> str:
        """Of what."""
        return str(line.stock_item.variant)

    @display(description="Location")
    def place(self, line: Movement) -> str:
        """Where."""
        return line.stock_item.location.code

    @display(description="Why")
    def why(self, line: Movement) -> str:
        """The reason, or what caused it."""
        return line.reason or f"{line.cause} {line.cause_id}"
