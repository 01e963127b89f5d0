"""Many rows in one statement: arrays in, `unnest` on the other side.

Several times cheaper than `bulk_create` and `bulk_update`, which build an expression per value. Defaults of the
model are not filled in: name every column that has no default in the database.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from site_kit.messaging.database import fast_cursor

Row = Sequence[Any]


def insert_rows(model: type[Model], fields: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Insert rows in the order given; `fields` are model field names. Nothing for no rows."""
    if rows:
        _execute(_insert_statement(model, fields), rows)


def update_rows(model: type[Model], fields: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Update rows by their first field, which is the primary key. Nothing for no rows."""
    if rows:
        _execute(_update_statement(model, fields), rows)


def _execute(statement: str, rows: Sequence[Row]) -> None:
    with fast_cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])  # type: ignore[arg-type]  # built here from field names


@cache
def _insert_statement(model: type[Model], fields: tuple[str, ...]) -> str:
    columns = ", ".join(_column(model, field) for field in fields)
    return (
        f"INSERT INTO {_table(model)} ({columns}) SELECT {columns} "  # noqa: S608 - names of fields, no input
        f"FROM unnest({_arrays(model, fields)}) WITH ORDINALITY AS given ({columns}, position) ORDER BY position"
    )


@cache
def _update_statement(model: type[Model], fields: tuple[str, ...]) -> str:
    key, *others = [_column(model, field) for field in fields]
    changes = ", ".join(f"{column} = given.{column}" for column in others)
    return (
        f"UPDATE {_table(model)} AS known SET {changes} "  # noqa: S608 - names of fields, no input
        f"FROM unnest({_arrays(model, fields)}) AS given ({', '.join([key, *others])}) WHERE known.{key} = given.{key}"
    )


def _arrays(model: type[Model], fields: tuple[str, ...]) -> str:
    return ", ".join(f"%s::{model._meta.get_field(field).rel_db_type(connection)}[]" for field in fields)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(model: type[Model], field: str) -> str:
    return connection.ops.quote_name(model._meta.get_field(field).column)
