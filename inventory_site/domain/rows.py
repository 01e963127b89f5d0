"""Many rows in one statement: arrays in, `unnest` on the other side.

Several times cheaper than `bulk_create` and `bulk_update`, which build an expression per value. A column that has
one value in all rows travels as that value alone. Defaults of the model are not filled in: name every column that
has no default in the database.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from site_kit.messaging.database import fast_cursor

Row = Sequence[Any]
Names = tuple[str, ...]


def insert_rows(model: type[Model], fields: Names, rows: Sequence[Row]) -> None:
    """Insert rows in the order given; `fields` are model field names. Nothing for no rows."""
    if rows:
        varying, values = _arranged(rows)
        _execute(_insert_statement(model, fields, varying), values)


def update_rows(model: type[Model], fields: Names, rows: Sequence[Row]) -> None:
    """Update rows by their first field, which is the primary key. Nothing for no rows."""
    if rows:
        _execute(_update_statement(model, fields), [list(column) for column in zip(*rows, strict=True)])


def _arranged(rows: Sequence[Row]) -> tuple[tuple[bool, ...], list[Any]]:
    """Which columns vary (the first always does), and the parameters: a list for those, else the one value."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    varying = (True, *[column.count(column[0]) < len(column) for column in columns[1:]])
    return varying, [column if varies else column[0] for varies, column in zip(varying, columns, strict=True)]


def _execute(statement: str, values: Sequence[Any]) -> None:
    with fast_cursor() as cursor:
        cursor.execute(statement, values)


@cache
def _insert_statement(model: type[Model], fields: Names, varying: tuple[bool, ...]) -> str:
    columns = ", ".join(_column(model, field) for field in fields)
    # Several unnest() in one SELECT go in step, first elements first; a single value is repeated beside them.
    values = ", ".join(
        f"unnest(%b::{_type(model, field)}[])" if varies else f"%b::{_type(model, field)}"
        for field, varies in zip(fields, varying, strict=True)
    )
    return f"INSERT INTO {_table(model)} ({columns}) SELECT {values}"


@cache
def _update_statement(model: type[Model], fields: Names) -> str:
    key, *others = [_column(model, field) for field in fields]
    changes = ", ".join(f"{column} = given.{column}" for column in others)
    return (
        f"UPDATE {_table(model)} AS known SET {changes} "  # noqa: S608 - names of fields, no input
        f"FROM unnest({_arrays(model, fields)}) AS given ({', '.join([key, *others])}) WHERE known.{key} = given.{key}"
    )


def _arrays(model: type[Model], fields: Names) -> str:
    return ", ".join(f"%b::{_type(model, field)}[]" for field in fields)


def _type(model: type[Model], field: str) -> str:
    return str(_field(model, field).rel_db_type(connection))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(model: type[Model], field: str) -> str:
    return connection.ops.quote_name(_field(model, field).column)


def _field(model: type[Model], name: str) -> Any:
    """A column of the model; the fields named here are no reverse relations."""
    return model._meta.get_field(name)
