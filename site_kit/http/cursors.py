"""Lists in pages that stay right while rows come and go: keyset pagination, without COUNT."""

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from site_kit.http.keyset import Ordering, cursor_for, place_of, with_tie_breaker
from site_kit.http.promises import promise
from site_kit.http.query_faults import refuse_parameter

NOT_OF_THE_LIST = {"cursor", "page_size", "fields", "expand"}


class KeysetPagination(BasePagination):
    """DRF pagination by position in an order: `?cursor=`, `?page_size=` (20, at most 100), `?ordering=`.

    The view declares `orderings`, {name: columns as for order_by}, and `default_ordering`. Columns are never null;
    the primary key is appended, so that no row is met twice or missed while others change. The answer is
    `{"items": […], "next_cursor": "…" or null}`. Raises `RequestRefused`: invalid_cursor, invalid_parameter (400).
    """

    page_size: ClassVar[int] = 20
    max_page_size: ClassVar[int] = 100

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page asked for; one more is read to know whether there is a next one."""
        self.request = request
        self.ordering = ordering_of(view, request)
        self.about = _about(request)
        size = self._size()
        rows: QuerySet[Any] = queryset.order_by(*self.ordering.columns)
        cursor = request.query_params.get("cursor")
        if cursor is not None:
            rows = behind(rows, self.ordering, cursor, self.about)
        found = list(rows[: size + 1])
        self.next_cursor = cursor_for(self.ordering, found[size - 1], about=self.about) if len(found) > size else None
        return found[:size]

    def get_paginated_response(self, data: Any) -> Response:
        """The page, with a Link header to the next."""
        headers = {"Link": f'<{self._next_address()}>; rel="next"'} if self.next_cursor else {}
        return Response({"items": data, "next_cursor": self.next_cursor}, headers=headers)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page as OpenAPI."""
        return {
            "type": "object",
            "required": ["items", "next_cursor"],
            "properties": {
                "items": schema,
                "next_cursor": {
                    "type": ["string", "null"],
                    "description": "Send it as `cursor` for the next page; null on the last one.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The query parameters as OpenAPI."""
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        order = {"type": "string", "enum": sorted(view.orderings), "default": view.default_ordering}
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}, "description": "From `next_cursor`."},
            {"name": "page_size", "in": "query", "schema": size},
            {"name": "ordering", "in": "query", "schema": order},
        ]

    def _size(self) -> int:
        given = self.request.query_params.get("page_size")
        if given is None:
            return self.page_size
        size = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
        return bounded(size, self.max_page_size)

    def _next_address(self) -> str:
        query = [(name, value) for name, value in self.request.query_params.items() if name != "cursor"]
        return f"{self.request.path}?{urlencode([*query, ('cursor', self.next_cursor)])}"


@promise("page_size_bounded", broken=lambda size, largest: size or 20)
def bounded(size: int, largest: int) -> int:
    """A page size within its bounds. Raises `RequestRefused`."""
    if not 1 <= size <= largest:
        refuse_parameter("page_size", f"A number from 1 to {largest}.", code="out_of_range", max=largest)
    return size


@promise("cursors_hold_their_place", broken=lambda rows, ordering, cursor, about: rows)
def behind(rows: QuerySet[Any], ordering: Ordering, cursor: str, about: str) -> QuerySet[Any]:
    """The rows behind a cursor."""
    return rows.filter(ordering.after(place_of(cursor, ordering, about=about)))


def ordering_of(view: Any, request: Request) -> Ordering:
    """The ordering asked for, out of those the view declares. Raises `RequestRefused` naming them."""
    orderings: Mapping[str, Any] = view.orderings
    name = request.query_params.get("ordering", view.default_ordering)
    if name not in orderings:
        allowed = sorted(orderings)
        refuse_parameter("ordering", f"There are: {', '.join(allowed)}.", code="unknown_ordering", allowed=allowed)
    return with_tie_breaker(name, orderings[name])


def _about(request: Request) -> str:
    """A short name for this list with these filters."""
    query = request.query_params
    filters = sorted((name, query.getlist(name)) for name in query if name not in NOT_OF_THE_LIST | {"ordering"})
    return hashlib.blake2b(repr((request.path, filters)).encode(), digest_size=6).hexdigest()
