"""The window on the local copy of the catalogue."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from inventory_site.admin.links import list_link
from inventory_site.domain.models import StockItem, Variant
from inventory_site.domain.stock_queries import variants_called
from site_kit.backoffice.model_admin import AppendOnlyAdmin


@admin.register(Variant)
class VariantAdmin(AppendOnlyAdmin[Variant]):
    """What can be stocked, as the catalogue told it; changed there, not here."""

    icon = "barcode"
    list_display = ("sku", "name", "barcode", "active", "removed", "stock")
    list_filter: ClassVar[Sequence[Any]] = ("removed", "active")
    search_fields = ("sku",)
    search_help_text = "The beginning of a SKU, a barcode or a variant's id"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("sku", "variant_id")
    fields = (("sku", "name"), "barcode", ("active", "removed"), "variant_id", "product", "stock")
    readonly_fields = ("stock",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Variant], search_term: str
    ) -> tuple[QuerySet[Variant], bool]:
        """Each of them is an index."""
        term = search_term.strip()
        return (queryset.filter(pk__in=variants_called(term)) if term else queryset), False

    @admin.display(description="stock")
    def stock(self, variant: Variant) -> SafeString:
        """Where it lies."""
        return list_link(StockItem, "stock items", q=variant.pk)
