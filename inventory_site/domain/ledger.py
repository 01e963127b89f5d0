"""How movements get into the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from inventory_site.domain.models import Cause, Movement, MovementKind
from inventory_site.domain.rows import insert_rows


@dataclass(frozen=True, slots=True)
class Because:
    """Why a number moves: the fact or decision behind a movement.

    `reason` is a code, `note` what a person wrote, `reference` a number on a paper or another id.
    """

    cause: Cause
    cause_id: UUID
    reason: str = ""
    note: str = ""
    reference: str = ""


class Line(NamedTuple):
    """A movement about to be inserted; the fields of `Movement` in this order."""

    stock_item: int
    kind: MovementKind
    on_hand: int
    reserved: int
    allocated: int
    dispatched: int
    deducted: int
    on_hand_after: int
    reserved_after: int
    allocated_after: int
    dispatched_after: int
    cause: Cause
    cause_id: UUID
    reason: str
    note: str
    reference: str
    actor: str
    recorded_at: datetime


def write_movements(lines: Sequence[Line]) -> None:
    """Append to the ledger; PostgreSQL moves the numbers of the stock items in the same statement.

    Raises IntegrityError (`stock_buckets_not_negative`) if a number would fall below zero.
    """
    insert_rows(Movement, Line._fields, lines)
