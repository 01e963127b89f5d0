"""Filters that an address declares; nothing else in the query reaches the database."""

from typing import Any

from django.db.models import QuerySet
from django_filters import BooleanFilter, MultipleChoiceFilter
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from site_kit.http.field_errors import FieldError
from site_kit.http.filter_parameters import parameter_names
from site_kit.http.problem import RequestRefused
from site_kit.http.query_faults import refuse_parameter


class AllowListFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # django-filter ships no types
    """django-filter with refusals as problems: the view declares `filterset_class`.

    Unknown parameters are refused by `ApiView`; a value that a filter cannot read is `invalid_parameter` (400) here.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """The rows that pass. Raises `RequestRefused`."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        _refuse_half_booleans(filterset)
        if not filterset.is_valid():
            raise _refusal(filterset.errors)
        filtered: QuerySet[Any] = filterset.qs
        return filtered


def filter_names(view: Any) -> set[str]:
    """The query parameters that a view's filters read."""
    filterset = getattr(view, "filterset_class", None)
    known = filterset.base_filters.items() if filterset else ()
    return {parameter for name, kind in known for parameter in parameter_names(name, kind)}


def repeatable_names(view: Any) -> set[str]:
    """Those of them that may be given more than once."""
    filterset = getattr(view, "filterset_class", None)
    known = filterset.base_filters.items() if filterset else ()
    return {name for name, kind in known if isinstance(kind, MultipleChoiceFilter)}


def _refuse_half_booleans(filterset: Any) -> None:
    """Django's forms take anything that is neither true nor false for «not given», and would show every row."""
    for name, kind in filterset.filters.items():
        given = filterset.data.get(name, "true")
        if isinstance(kind, BooleanFilter) and given not in {"true", "false"}:
            refuse_parameter(name, "true or false.")


def _refusal(errors: Any) -> RequestRefused:
    faults = tuple(
        FieldError(name, fault.code or "invalid", str(fault.messages[0]))
        for name, found in errors.as_data().items()
        for fault in found
    )
    return RequestRefused("invalid_parameter", f"{faults[0].field}: {faults[0].message}", errors=faults)
