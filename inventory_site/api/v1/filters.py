"""Filters of lists."""

from typing import ClassVar

from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter, UUIDFilter

from inventory_site.domain.models import LowStockAlert, LowStockRule, Movement, MovementKind, StockItem


class StockItemFilters(FilterSet):
    """Which stock items."""

    variant_id = UUIDFilter(field_name="variant_id")
    product_id = UUIDFilter(field_name="variant__product_id")
    sku = CharFilter(field_name="variant__sku", max_length=64)
    location = CharFilter(field_name="location__code", max_length=32)
    available_below = NumberFilter(field_name="available", lookup_expr="lt", decimal_places=0, max_digits=10)

    class Meta:
        model = StockItem
        fields: ClassVar[list[str]] = []


class MovementFilters(FilterSet):
    """Which lines of the ledger."""

    variant_id = UUIDFilter(field_name="stock_item__variant_id")
    location = CharFilter(field_name="stock_item__location__code", max_length=32)
    kind = ChoiceFilter(choices=MovementKind.choices)
    cause_id = UUIDFilter(help_text="An order, lease, shipment, return or adjustment.")

    class Meta:
        model = Movement
        fields: ClassVar[list[str]] = []


class LowStockFilters(FilterSet):
    """Which alerts."""

    variant_id = UUIDFilter(field_name="variant_id")
    location = CharFilter(field_name="location__code", max_length=32)

    class Meta:
        model = LowStockAlert
        fields: ClassVar[list[str]] = []


class RuleFilters(FilterSet):
    """Which minimums."""

    variant_id = UUIDFilter(field_name="variant_id")
    location = CharFilter(field_name="location__code", max_length=32)

    class Meta:
        model = LowStockRule
        fields: ClassVar[list[str]] = []
