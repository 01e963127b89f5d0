"""Ways to narrow the list of products."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter

from catalog_site.domain.listing_queries import in_categories
from catalog_site.domain.models import Category, Product, Status
from catalog_site.domain.queries import shelf_ids

Rows = QuerySet[Product]
MOST_CHOICES = 300
INDENT = "\N{NO-BREAK SPACE}" * 3


def today() -> datetime:
    """The last midnight where the person sits."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class AttentionFilter(admin.SimpleListFilter):
    """Products that lack something."""

    title = "what is missing"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("price", "Without price"), ("stock", "Active, without stock"), ("picture", "Without picture")]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows that lack it."""
        match self.value():
            case "price":
                return rows.filter(priced=False).exclude(status=Status.ARCHIVED)
            case "stock":
                return rows.filter(in_stock=False, status=Status.ACTIVE)
            case "picture":
                return rows.filter(picture="")
        return rows


class ChangedFilter(admin.SimpleListFilter):
    """Products by when somebody last changed them."""

    title = "last change"
    parameter_name = "changed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("today", "Today"), ("week", "In the last 7 days")]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows changed since."""
        match self.value():
            case "today":
                return rows.filter(updated_at__gte=today())
            case "week":
                return rows.filter(updated_at__gte=today() - timedelta(days=7))
        return rows


class CategoryFilter(DropdownFilter):  # type: ignore[misc]  # Unfold ships no types
    """Products on a shelf or below it."""

    title = "category"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The tree, indented; of a very large one the roots alone."""
        rows = Category.objects.order_by("position", "name", "id")
        if len(rows.values_list("id")[: MOST_CHOICES + 1]) > MOST_CHOICES:
            rows = rows.filter(parent=None)[:MOST_CHOICES]
        return [(str(row.id), f"{INDENT * (row.depth - 1)}{row.name}") for row in in_tree_order(rows)]

    def queryset(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows on it."""
        category = Category.objects.filter(id=self.value()).first() if self.value() else None
        return in_categories(rows, shelf_ids(category)) if category else rows


def in_tree_order(rows: Iterable[Category]) -> list[Category]:
    """Every category behind the one it hangs below; neighbours keep the order they come in."""
    below: dict[Any, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent_id: Any) -> list[Category]:
        return [each for row in below.get(parent_id, ()) for each in (row, *walk(row.id))]

    return walk(None)
