"""Stock as a table: one line per variant and location, as a spreadsheet writes it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from inventory_site.domain.operations.adjust_stock import MOST_UNITS
from inventory_site.domain.reasons import Reason

NEEDED = ("sku", "location")
NUMBERS = ("delta", "counted", "expected")
TEXTS = {"reason": 64, "note": 500, "reference": 120}


class BadTable(Exception):  # noqa: N818 - a fact about a file
    """The file as a whole cannot be read as a table of stock."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the file; `fault` says what is wrong with it, and then the rest means nothing."""

    number: int
    sku: str
    location: str
    adjustment_id: UUID
    delta: int | None = None
    counted: int | None = None
    expected: int | None = None
    reason: str = ""
    note: str = ""
    reference: str = ""
    fault: str = ""


def read_table(path: Path) -> list[TableLine]:
    """Every line of a CSV file with the columns `sku`, `location`, `delta` or `counted` (and `expected`), `reason`,
    `note`, `reference`. Raises BadTable, OSError.

    Ids of adjustments follow from the file's content and the line, so that the same file is booked once.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadTable(f"not UTF-8: {fault.reason} at byte {fault.start}") from None
    table = csv.DictReader(StringIO(text, newline=""), restval="")
    _check_header(list(table.fieldnames or ()))
    file_id = uuid5(NAMESPACE_OID, sha256(content).hexdigest())
    return list(_lines(table, file_id))


def _check_header(names: list[str]) -> None:
    known = {*NEEDED, *NUMBERS, *TEXTS}
    if strangers := sorted(set(names) - known):
        raise BadTable(f"no column is called {', '.join(strangers)}; there are {', '.join(sorted(known))}")
    missing = [name for name in NEEDED if name not in names]
    if missing or ("delta" in names) == ("counted" in names):
        raise BadTable("the columns sku, location and either delta or counted are needed")


def _lines(table: "csv.DictReader[str]", file_id: UUID) -> Iterator[TableLine]:
    for row in table:
        number = table.line_num
        adjustment_id = uuid5(file_id, str(number))
        sku, location = row["sku"].strip(), row["location"].strip()
        try:
            yield _line(number, row, sku, location, adjustment_id)
        except ValueError as fault:
            yield TableLine(number, sku, location, adjustment_id, fault=str(fault))


def _line(number: int, row: dict[str, str], sku: str, location: str, adjustment_id: UUID) -> TableLine:
    if None in row:
        raise ValueError("more fields than columns")
    if not sku or not location:
        raise ValueError("sku and location are needed")
    numbers = {name: _number(name, row.get(name, "")) for name in NUMBERS}
    given = "counted" if "counted" in row else "delta"
    if numbers[given] is None:
        raise ValueError(f"{given} is needed")
    texts = {name: _text(name, row.get(name, "")) for name in TEXTS}
    reason = texts.pop("reason") or (Reason.COUNTED if given == "counted" else Reason.RECEIVED)
    if reason not in Reason.values:
        raise ValueError(f"no reason is called {reason!r}; there are {', '.join(Reason.values)}")
    return TableLine(
        number,
        sku,
        location,
        adjustment_id,
        delta=numbers["delta"],
        counted=numbers["counted"],
        expected=numbers["expected"],
        reason=str(reason),
        note=texts["note"],
        reference=texts["reference"],
    )


def _number(name: str, text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.lstrip("+-").isdecimal() or not text.isascii() or len(text) > 12:
        raise ValueError(f"{name} is no whole number: {text[:20]!r}")
    number = int(text)
    if abs(number) > MOST_UNITS or (number < 0 and name != "delta"):
        raise ValueError(f"{name} is out of range: {text}")
    return number


def _text(name: str, text: str) -> str:
    text = text.strip()
    if len(text) > TEXTS[name]:
        raise ValueError(f"{name} has at most {TEXTS[name]} characters")
    if "\0" in text:
        raise ValueError(f"{name} holds a NUL")
    return text
