"""PostgreSQL's `ltree` as a model field: the path of a node from its root, labels joined by dots."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class PathField(models.Field[str, str]):
    """A path such as `a1.b2.c3`; its lookups are `within` (that node or below it) and `above` (it or over it)."""

    description = "Path in a tree"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column type."""
        return "ltree"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """Cast on the way in: a bound text is no ltree to PostgreSQL."""
        return "%s::ltree"


class _PathLookup(models.Lookup):  # the stubs know brackets, run time does not: hence none
    operator = ""

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} {self.operator} {right}", (*left_params, *right_params)


@PathField.register_lookup
class Within(_PathLookup):
    """The node itself or anything below it."""

    lookup_name = "within"
    operator = "<@"


@PathField.register_lookup
class Above(_PathLookup):
    """The node itself or anything it hangs under."""

    lookup_name = "above"
    operator = "@>"
