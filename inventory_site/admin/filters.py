"""Filters that several windows share."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest


class OpenFilter(SimpleListFilter):
    """Rows that are still open, or closed; for models with a `closed_at`."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("open", "open"), ("closed", "closed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the chosen state."""
        if self.value() is None:
            return queryset
        return queryset.filter(closed_at__isnull=self.value() == "open")
