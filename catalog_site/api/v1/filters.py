"""Filters of product lists; each is one condition of `listing_queries`."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter, NumberFilter, TypedChoiceFilter

from catalog_site.domain import listing_queries as lists
from catalog_site.domain.drafts import OptionChoice
from catalog_site.domain.errors import CategoryNotFound
from catalog_site.domain.models import Status
from catalog_site.domain.money import CURRENCY_DECIMALS
from catalog_site.domain.queries import find_category, shelf_ids
from site_kit.http.query_faults import refuse_parameter

OPTION = re.compile(r"([a-z0-9-]{1,40}):([a-z0-9-]{1,40})")
ANY = "any"


class OptionField(forms.MultipleChoiceField):
    """`colour:red`, any number of times."""

    def valid_value(self, value: Any) -> bool:
        """Whether it has the form; unknown codes simply match nothing."""
        return bool(OPTION.fullmatch(str(value)))


class OptionFilter(MultipleChoiceFilter):  # type: ignore[misc]  # django-filter ships no types
    """Values of one axis are alternatives, axes add up."""

    field_class = OptionField

    def filter(self, qs: lists.Rows, value: Sequence[str]) -> lists.Rows:
        """The rows that have them."""
        return lists.with_option(qs, [OptionChoice(*one.split(":")) for one in value]) if value else qs


class ProductFilters(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """`status` other than active is for editors; a price range needs its currency."""

    status = ChoiceFilter(
        choices=[*Status.choices, (ANY, "Any")], method="keep", help_text="Other than active: needs catalog:read."
    )
    category = CharFilter(method="in_category", help_text="Id or slug; includes everything below it.")
    brand = CharFilter(field_name="brand", lookup_expr="iexact")
    in_stock = TypedChoiceFilter(choices=[("true", "true"), ("false", "false")], coerce=lambda text: text == "true")
    currency = ChoiceFilter(choices=[(code, code) for code in sorted(CURRENCY_DECIMALS)], method="keep")
    price_min = NumberFilter(min_value=0, max_digits=18, decimal_places=4, method="keep")
    price_max = NumberFilter(min_value=0, max_digits=18, decimal_places=4, method="keep")
    option = OptionFilter(help_text="axis:value by codes, may be repeated: one axis alternatives, several all of them.")

    def keep(self, rows: lists.Rows, name: str, value: Any) -> lists.Rows:
        """Judged together with others in `filter_queryset`."""
        return rows

    def in_category(self, rows: lists.Rows, name: str, value: str) -> lists.Rows:
        """Those in the category or below it. Raises `RequestRefused` for one that is not there."""
        try:
            return lists.in_categories(rows, shelf_ids(find_category(value)))
        except CategoryNotFound:
            refuse_parameter("category", "There is no such category.", code="unknown_category")

    def filter_queryset(self, queryset: lists.Rows) -> lists.Rows:
        """All conditions. Raises `RequestRefused` for a price range without a currency."""
        rows: lists.Rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        status = asked["status"] or Status.ACTIVE
        if status != ANY:
            rows = rows.filter(status=status)
        if asked["price_min"] is not None or asked["price_max"] is not None:
            if not asked["currency"]:
                refuse_parameter("currency", "A price range needs its currency.", code="required")
            rows = lists.priced_between(rows, asked["currency"], asked["price_min"], asked["price_max"])
        return rows
