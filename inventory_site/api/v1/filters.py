"""Filters of inventory's lists."""

from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, UUIDFilter

from inventory_site.domain.models import Cause, LeaseState, MovementKind


class StockItemFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which stock items."""

    variant_id = UUIDFilter(field_name="variant_id")
    product_id = UUIDFilter(field_name="variant__product_id")
    sku = CharFilter(field_name="variant__sku")
    location = CharFilter(field_name="location__code")


class MovementFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which lines of the ledger; `cause_id` is the id of an adjustment, order, lease, shipment or return."""

    variant_id = UUIDFilter(field_name="stock_item__variant_id")
    sku = CharFilter(field_name="stock_item__variant__sku")
    location = CharFilter(field_name="stock_item__location__code")
    kind = ChoiceFilter(choices=MovementKind.choices)
    cause = ChoiceFilter(choices=Cause.choices)
    cause_id = UUIDFilter(field_name="cause_id")


class LowStockFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which of the variants below their minimum."""

    variant_id = UUIDFilter(field_name="variant_id")
    sku = CharFilter(field_name="variant__sku")
    location = CharFilter(field_name="location__code")


class LeaseFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which leases."""

    state = ChoiceFilter(choices=LeaseState.choices)
    client = CharFilter(field_name="client")
    order_id = UUIDFilter(field_name="order_id")


class LocationFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which locations."""

    active = BooleanFilter(field_name="active")


class RuleFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which rules."""

    variant_id = UUIDFilter(field_name="variant_id")
    location = CharFilter(field_name="location__code")
