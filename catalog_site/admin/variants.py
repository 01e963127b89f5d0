"""The window on variants: find one by what is printed on the box."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog_site.domain.models import Variant
from catalog_site.domain.money import amount_text
from site_kit.backoffice.model_admin import SiteModelAdmin


@admin.register(Variant)
class VariantAdmin(SiteModelAdmin[Variant]):
    """For reading; a variant is changed on the page of its product."""

    icon = "barcode"
    list_display = ("sku", "page", "name", "barcode", "price_list", "available", "active")
    list_display_links = None
    list_select_related = ("product", "stock")
    list_filter = ("active",)
    search_fields = ("sku",)
    search_help_text = "SKU or barcode, in full"
    sortable_by = ()
    ordering = (Upper("sku"),)
    readonly_fields = ("page", "available", "price_list")
    fields = ("page", "sku", "name", "barcode", "active", "weight_g", "price_list", "available")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        """Variants with their prices."""
        rows: QuerySet[Variant] = super().get_queryset(request).prefetch_related("prices")
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Variant], search_term: str
    ) -> tuple[QuerySet[Variant], bool]:
        """By the unique indexes: a scanner types the whole of it."""
        word = search_term.strip()
        return (queryset.filter(Q(sku__iexact=word) | Q(barcode=word)) if word else queryset), False

    @admin.display(description="Product")
    def page(self, variant: Variant) -> SafeString:
        """Where it can be changed."""
        address = reverse("admin:catalog_product_change", args=[variant.product_id])
        return format_html(
            '<a href="{}" class="text-primary-600 dark:text-primary-500">{}</a>', address, variant.product.name
        )

    @admin.display(description="Prices")
    def price_list(self, variant: Variant) -> str:
        """All its prices."""
        return (
            " · ".join(f"{amount_text(row.currency, row.amount)} {row.currency}" for row in variant.prices.all()) or "–"
        )

    @admin.display(description="Stock")
    def available(self, variant: Variant) -> Any:
        """What inventory said last."""
        return variant.stock.available if hasattr(variant, "stock") else "–"
