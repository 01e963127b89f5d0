"""Pages of a long list without counting it."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connections
from django.db.models import Max, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property

EXACT_UP_TO = 10_000


class EstimatedPaginator(Paginator[Any]):
    """Counts exactly up to 10,000 rows; beyond, shows the planner's estimate and offers the first 10,000.

    An exact COUNT of a million rows costs more than the page it decorates, and nobody turns to page
    4,000: they search. An unfiltered long list is therefore never counted, a filtered one never further
    than 10,001. `is_estimate` tells which it was.
    """

    template_name = "backoffice/pagination.html"

    @cached_property
    def count(self) -> int:
        """How many rows there are, exactly or about."""
        estimate = self._estimate
        if estimate > EXACT_UP_TO and not self._is_filtered:
            return estimate
        counted = self._bounded_count()
        return counted if counted <= EXACT_UP_TO else max(estimate, counted)

    @property
    def _rows(self) -> QuerySet[Any] | None:
        return self.object_list if isinstance(self.object_list, QuerySet) else None

    @property
    def is_estimate(self) -> bool:
        """Whether `count` is the planner's guess."""
        return self.count > EXACT_UP_TO

    @cached_property
    def num_pages(self) -> int:
        """The pages offered: never deeper than 10,000 rows, so that no OFFSET reads a whole table."""
        return max(1, -(-min(self.count, EXACT_UP_TO) // self.per_page))

    @cached_property
    def _is_filtered(self) -> bool:
        return self._rows is None or bool(self._rows.query.where)

    @cached_property
    def _estimate(self) -> int:
        rows = self._rows
        if rows is None:
            return 0
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # a filter that nothing can pass, such as a search that found no key
            return 0
        with connections[rows.db].cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            [[plan]] = cursor.fetchall()
        return int(plan[0]["Plan"]["Plan Rows"])

    def _bounded_count(self) -> int:
        rows = self._rows
        if rows is None:
            return len(self.object_list)
        numbered = rows.order_by().annotate(row_number=Window(RowNumber()))[: EXACT_UP_TO + 1]
        return int(numbered.aggregate(last=Max("row_number"))["last"] or 0)
