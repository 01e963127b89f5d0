"""From lines of a table to adjustments, a batch per transaction, with a word about every line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction

from inventory_site.domain.errors import InventoryError
from inventory_site.domain.models import Variant
from inventory_site.domain.operations.adjust_stock import Adjusted, Adjustment, adjust_stock
from inventory_site.management.stock_table import TableLine

BATCH = 200
Outcome = Literal["booked", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a line."""

    line: int
    sku: str
    location: str
    outcome: Outcome
    delta: int = 0
    why: str = ""


def import_stock(lines: Sequence[TableLine], *, dry_run: bool) -> Iterator[Result]:
    """Book the lines of a table; a refused line changes nothing and stops no other.

    A batch is one transaction; where a line of it is refused, its lines are booked one by one. A dry run does
    the same and takes it back. Safe to repeat: a line that was booked is not booked again.
    """
    for start in range(0, len(lines), BATCH):
        yield from _import_batch(lines[start : start + BATCH], dry_run)


def _import_batch(lines: Sequence[TableLine], dry_run: bool) -> list[Result]:
    variants = _variants({line.sku for line in lines})
    faults = {line.number: line.fault or _unknown(line, variants) for line in lines}
    sound = [line for line in lines if not faults[line.number]]
    results = {line.number: _refused(line, faults[line.number]) for line in lines if faults[line.number]}
    with transaction.atomic():
        results |= _together(sound, variants) or _one_by_one(sound, variants)
        transaction.set_rollback(dry_run)
    return [results[line.number] for line in lines]


def _together(lines: Sequence[TableLine], variants: dict[str, list[UUID]]) -> dict[int, Result]:
    """All lines at once; empty when one of them is refused."""
    try:
        with transaction.atomic():
            done = adjust_stock(adjustments=[_adjustment(line, variants) for line in lines])
    except InventoryError:
        return {}
    return {line.number: _booked(line, adjusted) for line, adjusted in zip(lines, done, strict=True)}


def _one_by_one(lines: Sequence[TableLine], variants: dict[str, list[UUID]]) -> dict[int, Result]:
    results = {}
    for line in lines:
        try:
            with transaction.atomic():
                [adjusted] = adjust_stock(adjustments=[_adjustment(line, variants)])
            results[line.number] = _booked(line, adjusted)
        except InventoryError as refusal:
            results[line.number] = _refused(line, str(refusal))
    return results


def _variants(skus: set[str]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    for sku, variant_id in Variant.objects.filter(sku__in=skus, removed=False).values_list("sku", "variant_id"):
        found[sku].append(variant_id)
    return found


def _unknown(line: TableLine, variants: dict[str, list[UUID]]) -> str:
    called = len(variants.get(line.sku, ()))
    if called == 1:
        return ""
    return f"{called} variants have the SKU {line.sku}" if called else f"no variant has the SKU {line.sku}"


def _adjustment(line: TableLine, variants: dict[str, list[UUID]]) -> Adjustment:
    return Adjustment(
        variant_id=variants[line.sku][0],
        location=line.location,
        delta=line.delta,
        counted=line.counted,
        expected=line.expected,
        reason=line.reason,
        note=line.note,
        reference=line.reference,
        adjustment_id=line.adjustment_id,
    )


def _booked(line: TableLine, adjusted: Adjusted) -> Result:
    outcome: Outcome = "booked" if adjusted.delta else "unchanged"
    return Result(line.number, line.sku, line.location, outcome, delta=adjusted.delta)


def _refused(line: TableLine, why: str) -> Result:
    return Result(line.number, line.sku, line.location, "refused", why=why)
