"""The windows on minimums and on what is below them."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from inventory_site.admin.filters import OpenFilter
from inventory_site.domain.models import LowStockAlert, LowStockRule
from inventory_site.domain.operations.set_minimums import add_minimum, change_minimum, remove_minimum
from site_kit.backoffice.model_admin import AppendOnlyAdmin, SiteModelAdmin


@admin.register(LowStockRule)
class LowStockRuleAdmin(SiteModelAdmin[LowStockRule]):
    """The least that should be available, at one location or at all together."""

    icon = "rule"
    list_display = ("variant", "location", "minimum")
    list_select_related = ("variant", "location")
    search_fields = ("variant__sku__istartswith",)
    search_help_text = "The beginning of a SKU"
    ordering = ("variant__sku", "id")
    autocomplete_fields = ("variant", "location")
    fields = ("variant", "location", "minimum")

    def get_readonly_fields(self, request: HttpRequest, obj: LowStockRule | None = None) -> tuple[str, ...]:
        """What a rule watches never changes."""
        return ("variant", "location") if obj else ()

    def through_operation(
        self, request: HttpRequest, form: ModelForm[LowStockRule], known: LowStockRule | None
    ) -> LowStockRule:
        """Begin to watch, or set another minimum."""
        wished = form.cleaned_data
        if known is not None:
            return change_minimum(rule_id=known.pk, minimum=wished["minimum"])
        place = wished["location"].code if wished["location"] else None
        return add_minimum(variant_id=wished["variant"].pk, minimum=wished["minimum"], location=place)

    def delete_model(self, request: HttpRequest, obj: LowStockRule) -> None:
        """Stop watching."""
        remove_minimum(rule_id=obj.pk)


@admin.register(LowStockAlert)
class LowStockAlertAdmin(AppendOnlyAdmin[LowStockAlert]):
    """Times during which a variant was below its minimum; they open and close themselves."""

    icon = "notification_important"
    list_display = ("variant", "location", "available", "minimum", "opened_at", "closed_at")
    list_select_related = ("variant", "location")
    list_filter = (OpenFilter,)
    search_fields = ("variant__sku__exact",)
    search_help_text = "A whole SKU"
    ordering = ("-opened_at", "alert_id")
