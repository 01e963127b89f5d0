"""Ways to narrow lists to what needs somebody."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from inventory_site.domain import clock
from inventory_site.domain.models import HoldState, LeaseState

Rows = QuerySet[Any]

EXPIRES_SOON = timedelta(minutes=10)
LEFT_UNPAID = timedelta(hours=24)


class OpenFilter(admin.SimpleListFilter):
    """What is going on now, and what is over."""

    title = "state"
    parameter_name = "is_open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("yes", "Open"), ("no", "Closed")]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows in that state."""
        return rows.filter(closed_at__isnull=self.value() == "yes") if self.value() else rows


class StockFilter(admin.SimpleListFilter):
    """Stock items by what is left."""

    title = "what is left"
    parameter_name = "left"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("short", "Less than promised"), ("none", "Nothing available"), ("moving", "Dispatched, not settled")]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows of that kind."""
        match self.value():
            case "short":
                return rows.filter(available__lt=0)
            case "none":
                return rows.filter(available__lte=0)
            case "moving":
                return rows.filter(dispatched__gt=0)
        return rows


class LeaseSituationFilter(admin.SimpleListFilter):
    """Leases by their clock."""

    title = "clock"
    parameter_name = "situation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("soon", "Live, about to expire")]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows of that kind."""
        if self.value() != "soon":
            return rows
        return rows.filter(state=LeaseState.LIVE, expires_at__lte=clock.now() + EXPIRES_SOON)


class HoldSituationFilter(admin.SimpleListFilter):
    """Holds that nobody ended."""

    title = "situation"
    parameter_name = "situation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("unpaid", "Left unpaid for more than a day")]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows of that kind."""
        if self.value() != "unpaid":
            return rows
        return rows.filter(state=HoldState.HELD, created_at__lte=clock.now() - LEFT_UNPAID)
