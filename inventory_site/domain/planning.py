"""The one planner: it answers what can be promised, and it promises."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from inventory_site.domain.errors import InsufficientStock, InventoryError, Shortage, UnknownVariant
from inventory_site.domain.in_hand import ItemInHand
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import MovementKind
from inventory_site.domain.reclaim import reclaim_overdue
from inventory_site.domain.shelf import Shelf


class Wanted(NamedTuple):
    """Units of a variant that somebody wants promised."""

    variant_id: UUID
    units: int


class Placed(NamedTuple):
    """Units promised at a stock item; `position` is the wanted line's place in the request."""

    position: int
    item: ItemInHand
    units: int


def refusal_for(
    shelf: Shelf, wanted: Sequence[Wanted], *, own: Mapping[UUID, int], keep: Collection[UUID] = ()
) -> InventoryError | None:
    """Why these lines cannot all be promised, or None when they can.

    Lines of one variant are summed before they are judged. `own` are units that the asker holds already and
    would give up (by variant). Where units are short, leases past their time are taken back first, all but
    those in `keep` (lease ids).
    """
    strangers = [line.variant_id for line in wanted if not shelf.is_known(line.variant_id)]
    if strangers:
        return UnknownVariant(set(strangers))
    demand = Counter[UUID]()
    for line in wanted:
        demand[line.variant_id] += line.units
    short = _shortages(shelf, demand, own)
    if short and reclaim_overdue(shelf, [shortage.variant_id for shortage in short], keep=keep):
        short = _shortages(shelf, demand, own)
    return InsufficientStock(short) if short else None


def place(shelf: Shelf, wanted: Iterable[Wanted], kind: MovementKind, because: Because) -> list[Placed]:
    """Promise lines that were judged: each takes from the first-ranked location, and what is missing from the next."""
    placed = []
    for position, (variant_id, left) in enumerate(wanted):
        for item in shelf.items[variant_id]:
            take = min(left, item.available)
            if take > 0:
                shelf.book(item, kind, because, reserved=take)
                placed.append(Placed(position, item, take))
                left -= take
    return placed


def _shortages(shelf: Shelf, demand: Mapping[UUID, int], own: Mapping[UUID, int]) -> list[Shortage]:
    shortages = []
    for variant_id, units in demand.items():
        available = shelf.available(variant_id) + own.get(variant_id, 0)
        if units > available:
            shortages.append(Shortage(variant_id, units, max(0, available)))
    return shortages
