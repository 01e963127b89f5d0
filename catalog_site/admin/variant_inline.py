"""The variants on the product page."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from catalog_site.admin.product_form import price_field, variant_form
from catalog_site.domain.drafts import MAX_VARIANTS
from catalog_site.domain.models import AttributeOption, Product, Variant
from site_kit.backoffice.model_admin import SiteTabularInline


class VariantInline(SiteTabularInline[Variant]):
    """One row per variant; drag to reorder. What inventory has of it is for reading."""

    model = Variant
    form = variant_form()
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    max_num = MAX_VARIANTS
    readonly_fields: ClassVar[list[str]] = ["available"]

    def get_fields(self, request: HttpRequest, obj: Product | None = None) -> list[str]:
        """The columns, one per currency of the shop among them."""
        prices = [price_field(currency) for currency in settings.CATALOG_CURRENCIES]
        stock = ["available"] if obj else []
        return ["sku", "options", *prices, *stock, "active", "name", "barcode", "weight_g", "position"]

    def get_extra(self, request: HttpRequest, obj: Product | None = None, **more: Any) -> int:
        """A new product begins with one empty row."""
        return 0 if obj else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        """Variants with everything their rows show, in four queries."""
        options = Prefetch("options", AttributeOption.objects.select_related("attribute"))
        rows: QuerySet[Variant] = super().get_queryset(request).select_related("stock")
        return rows.prefetch_related(options, "prices")

    def get_formset(self, request: HttpRequest, obj: Product | None = None, **more: Any) -> Any:
        """The formset; its option selects know the product's options already."""
        formset = super().get_formset(request, obj, **more)
        if obj:
            known = AttributeOption.objects.select_related("attribute").filter(variants__product=obj).distinct()
            formset.form.base_fields["options"].widget.known = {str(option.pk): option for option in known}
        return formset

    @admin.display(description="Stock")
    def available(self, variant: Variant) -> int | str:
        """What inventory said last."""
        return variant.stock.available if hasattr(variant, "stock") else "–"
