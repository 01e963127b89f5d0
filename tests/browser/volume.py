"""Fills every table of a site's back office to the size at which a careless list becomes slow.

Rows are made by PostgreSQL itself from the table's own columns: what must have a value gets one of its type,
foreign keys point at the new rows of their table one by one, whatever is unique counts up. Triggers and foreign key
checks are off meanwhile; CHECK constraints are not, so a table whose columns depend on each other says here how.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from psycopg import Connection, sql

ROWS = 100_000

TOLD: Mapping[str, Mapping[str, str]] = {
    "catalog_attribute": {"code": "'attribute-' || n"},
    "catalog_attributeoption": {"code": "'option-' || n"},
    "catalog_category": {"slug": "'category-' || n", "path": "text2ltree('c' || n)"},
    "catalog_product": {
        "slug": "'product-' || n",
        "status": "CASE WHEN n % 10 = 0 THEN 'draft' ELSE 'active' END",
        "priced": "true",
        "picture": "''",
    },
    "catalog_variant": {"sku": "'SKU-' || n", "barcode": "''", "axis_key": "n::text"},
    "inventory_location": {"code": "'L-' || n"},
    "inventory_lease": {"expires_at": "now() + interval '1 hour'"},
    "inventory_movement": {"kind": "'received'", "cause": "'receipt'", "deducted": "0", "dispatched": "0"},
    "messaging_stalled_key": {
        "state": "(ARRAY['waiting', 'parked'])[1 + n % 2]",
        "next_try_at": "CASE WHEN n % 2 = 0 THEN now() END",
    },
}
"""Table → column → SQL expression over `n`, the number of the row, where the type alone does not say enough."""

_BY_TYPE = {
    "uuid": "gen_random_uuid()",
    "text": "'text ' || n",
    "character varying": "left('text ' || n, {length})",
    "character": "left(n::text, {length})",
    "boolean": "n % 2 = 0",
    "smallint": "(n % 30000)::smallint",
    "integer": "n::integer",
    "bigint": "n::bigint",
    "numeric": "1 + n % 90",
    "double precision": "n::double precision",
    "date": "current_date",
    "timestamp with time zone": "now() - n * interval '1 millisecond'",
    "interval": "interval '1 minute'",
    "bytea": "decode(md5(n::text), 'hex')",
    "jsonb": "'{{}}'::jsonb",
    "json": "'{{}}'::json",
    "inet": "'127.0.0.1'::inet",
    "ARRAY": "'{{}}'",
    "tsvector": "''::tsvector",
}


@dataclass(frozen=True)
class _Column:
    name: str
    type: str
    length: int | None
    required: bool
    made: bool
    parent: str | None
    parent_column: str | None


def fill(connection: Connection, tables: Iterable[str], *, rows: int = ROWS) -> None:
    """Add that many rows to each table, parents first. The connection is a superuser's."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in _parents_first(connection, list(tables)):
            _fill_table(connection, table, rows)
    connection.execute("ANALYZE")


def _fill_table(connection: Connection, table: str, rows: int) -> None:
    columns = [column for column in _columns(connection, table) if _wanted(table, column)]
    statement = sql.SQL("INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {rows}) AS n").format(
        table=sql.Identifier(table),
        names=sql.SQL(", ").join(sql.Identifier(column.name) for column in columns),
        values=sql.SQL(", ").join(_value(table, column) for column in columns),
        rows=rows,
    )
    connection.execute(statement)


def _wanted(table: str, column: _Column) -> bool:
    return column.name in TOLD.get(table, {}) or (not column.made and (column.required or column.parent is not None))


def _value(table: str, column: _Column) -> sql.Composable:
    told = TOLD.get(table, {}).get(column.name)
    if told is not None:
        return sql.SQL(told)
    if column.parent == table:
        return sql.SQL("NULL")
    if column.parent is not None and column.parent_column is not None:
        # The newest first, so that no new row stands beside one that is unique with it: parents are filled before.
        keys = (
            "(SELECT array_agg({key} ORDER BY ctid DESC) FROM {parent})[1 + (n - 1) % (SELECT count(*) FROM {parent})]"
        )
        return sql.SQL(keys).format(key=sql.Identifier(column.parent_column), parent=sql.Identifier(column.parent))
    made = _BY_TYPE.get(column.type)
    if made is None:
        raise LookupError(f"{table}.{column.name} has type {column.type}: say in TOLD how its values are made")
    return sql.SQL(made.format(length=column.length or 200))


def _columns(connection: Connection, table: str) -> list[_Column]:
    found = connection.execute(
        """
        SELECT a.attname,
               CASE WHEN t.typcategory = 'A' THEN 'ARRAY' ELSE format_type(a.atttypid, NULL) END,
               CASE WHEN a.atttypmod > 4 AND t.typname IN ('varchar', 'bpchar') THEN a.atttypmod - 4 END,
               a.attnotnull AND NOT a.atthasdef,
               a.attidentity <> '' OR a.attgenerated <> ''
                   OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%%', false),
               k.confrelid::regclass::text,
               p.attname
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
        LEFT JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = k.confkey[1]
        WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """,
        [f'"{table}"'],
    ).fetchall()
    return [_Column(*row) for row in found]


def _parents_first(connection: Connection, tables: list[str]) -> list[str]:
    """The tables and all they point at, so that every foreign key finds rows."""
    order: list[str] = []
    waiting: list[str] = []

    def visit(table: str) -> None:
        if table in order or table in waiting:
            return
        waiting.append(table)
        for column in _columns(connection, table):
            if column.parent is not None:
                visit(column.parent)
        order.append(table)

    for table in tables:
        visit(table)
    return order
