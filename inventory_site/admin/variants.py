"""The window on the local copy of the catalogue."""

from django.contrib import admin

from inventory_site.domain.models import Variant
from site_kit.backoffice.model_admin import AppendOnlyAdmin


@admin.register(Variant)
class VariantAdmin(AppendOnlyAdmin[Variant]):
    """What can be stocked, as the catalogue last told it; it is changed there."""

    icon = "sell"
    list_display = ("sku", "name", "product", "active", "removed")
    list_select_related = ("product",)
    list_filter = ("active", "removed")
    search_fields = ("sku__istartswith", "barcode__exact", "variant_id__exact")
    search_help_text = "The beginning of a SKU, a whole barcode or variant id"
    ordering = ("sku", "variant_id")
