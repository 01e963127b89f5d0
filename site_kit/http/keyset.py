"""A place in an ordered list, as a cursor that callers carry and cannot forge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NoReturn
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from site_kit.http.problem import RequestRefused

SALT = "site_kit.http.keyset"
MAX_CURSOR = 2_000
READERS: dict[str, Callable[[str], Any]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "n": Decimal,
    "u": UUID,
}


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order with no ties: `columns` as for `order_by`, none of them nullable, the last one unique."""

    name: str
    columns: tuple[str, ...]

    def after(self, values: Sequence[Any]) -> Q:
        """The rows behind the one with these values.

        The first column is also bounded on its own: the database can then start reading the index at that place,
        which it cannot with the alternatives alone.
        """
        behind = Q()
        same = Q()
        for column, value in zip(self.columns, values, strict=True):
            name, way = (column[1:], "lt") if column.startswith("-") else (column, "gt")
            behind |= same & Q((f"{name}__{way}", value))
            same &= Q((name, value))
        first, way = (self.columns[0][1:], "lte") if self.columns[0].startswith("-") else (self.columns[0], "gte")
        return Q((f"{first}__{way}", values[0])) & behind

    def values_of(self, row: Any) -> list[Any]:
        """The row's place. Raises `ValueError` for a null, which has no place in a keyset order."""
        values = [_value(row, column.removeprefix("-")) for column in self.columns]
        if None in values:
            raise ValueError(f"ordering «{self.name}» met a null in {self.columns}: order by what is never null")
        return values


def with_tie_breaker(name: str, columns: Sequence[str]) -> Ordering:
    """An ordering that ends in the primary key, so that no two rows share a place."""
    last = columns[-1].removeprefix("-") if columns else ""
    if last in {"pk", "id"}:
        return Ordering(name, tuple(columns))
    way = "-" if columns and columns[-1].startswith("-") else ""
    return Ordering(name, (*columns, f"{way}pk"))


def cursor_for(ordering: Ordering, row: Any, *, about: str) -> str:
    """The cursor behind a row; `about` names the list and its filters, the cursor is good for nothing else."""
    place = [_packed(value) for value in ordering.values_of(row)]
    return Signer(salt=SALT, sep=".").sign_object([about, ordering.name, place])


def place_of(cursor: str, ordering: Ordering, *, about: str) -> list[Any]:
    """The place a cursor names. Raises `RequestRefused` (invalid_cursor, 400)."""
    if len(cursor) > MAX_CURSOR:
        _refuse("Take the cursor from next_cursor, unchanged.")
    try:
        of_list, name, place = Signer(salt=SALT, sep=".").unsign_object(cursor)
        values = [_unpacked(value) for value in place]
    except (BadSignature, ValueError, TypeError):
        _refuse("Take the cursor from next_cursor, unchanged.")
    if (of_list, name) != (about, ordering.name) or len(values) != len(ordering.columns):
        _refuse("The cursor belongs to another list, filter or ordering.")
    return values


def _refuse(sentence: str) -> NoReturn:
    raise RequestRefused("invalid_cursor", sentence) from None


def _value(row: Any, column: str) -> Any:
    if isinstance(row, Mapping):
        return row["id" if column == "pk" and "pk" not in row else column]
    return attrgetter(column.replace("__", "."))(row)


def _packed(value: Any) -> Any:
    match value:
        case datetime():
            return ["t", value.isoformat()]  # to the microsecond: a rounded place skips or repeats rows
        case date():
            return ["d", value.isoformat()]
        case Decimal():
            return ["n", str(value)]
        case UUID():
            return ["u", str(value)]
        case bool() | int() | float() | str():
            return value
    raise TypeError(f"a cursor cannot hold a {type(value).__name__}")


def _unpacked(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    readers: dict[str, Callable[[str], Any]] = {
        "t": datetime.fromisoformat,
        "d": date.fromisoformat,
        "n": Decimal,
        "u": UUID,
    }
    kind, text = value
    return readers[kind](text)
