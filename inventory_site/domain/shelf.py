"""Some variants with all their stock, locked and in hand: look, book, save."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from inventory_site.domain import clock, facts
from inventory_site.domain.ledger import Because, Line, write_movements
from inventory_site.domain.minimums import follow_minimums
from inventory_site.domain.models import Location, MovementKind, StockItem, Variant
from inventory_site.domain.models.stock_item import units_available
from inventory_site.domain.shortfalls import follow_shortfalls
from site_kit.context import current


class Moved(NamedTuple):
    """A stock item that a shelf has booked on, and what was available there before."""

    item: StockItem
    available_before: int


@dataclass(slots=True)
class Shelf:
    """The stock of variants whose rows the transaction has locked.

    The lock of a variant stands before all its stock items, those not made yet too, so that a reader under
    it sees the whole. Booking changes the numbers in hand; `save` writes them and tells the others.
    """

    variants: dict[UUID, Variant]
    locations: dict[int, Location]
    items: dict[UUID, list[StockItem]]
    by_id: dict[int, StockItem]
    now: datetime = field(default_factory=clock.now)
    actor: str = field(default_factory=lambda: str(current().actor))
    _lines: list[Line] = field(default_factory=list)
    _moved: dict[int, Moved] = field(default_factory=dict)

    @classmethod
    def of(cls, variants: Iterable[Variant]) -> Self:
        """Take the stock of locked variants in hand; each variant's items come in rank order."""
        known = {variant.variant_id: variant for variant in variants}
        locations = {location.id: location for location in Location.objects.all()}
        shelf = cls(variants=known, locations=locations, items={id_: [] for id_ in known}, by_id={})
        for item in StockItem.objects.filter(variant__in=known).order_by("location__rank", "location__code"):
            shelf._take_in_hand(item)
        return shelf

    def available(self, variant_id: UUID) -> int:
        """What can still be promised of a variant, all locations together."""
        return sum([item.available for item in self.items.get(variant_id, ())])

    def is_known(self, variant_id: UUID) -> bool:
        """Whether the catalogue has the variant, so that something new may be promised of it."""
        variant = self.variants.get(variant_id)
        return variant is not None and variant.is_offered

    def location(self, code: str | None) -> Location | None:
        """The location with this code, if there is one."""
        return next((location for location in self.locations.values() if location.code == code), None)

    def item_at(self, variant_id: UUID, location: Location) -> StockItem:
        """The stock item of a variant at a location, made with all numbers zero if there is none."""
        for item in self.items[variant_id]:
            if item.location_id == location.id:
                return item
        item = StockItem.objects.create(variant_id=variant_id, location=location)
        item.available = 0
        return self._take_in_hand(item)

    def book(
        self,
        item: StockItem,
        kind: MovementKind,
        because: Because,
        *,
        on_hand: int = 0,
        reserved: int = 0,
        allocated: int = 0,
        dispatched: int = 0,
        deducted: int = 0,
    ) -> None:
        """Move units at a stock item in hand; the numbers are differences. Written by `save`."""
        self._moved.setdefault(item.pk, Moved(item, item.available))
        item.on_hand += on_hand
        item.reserved += reserved
        item.allocated += allocated
        item.dispatched += dispatched
        item.available = units_available(item.on_hand, item.reserved, item.allocated)
        self._lines.append(
            Line(
                item.pk, kind, on_hand, reserved, allocated, dispatched, deducted,
                item.on_hand, item.reserved, item.allocated, item.dispatched,
                because.cause, because.cause_id, because.reason, because.note, because.reference,
                self.actor, self.now,
            )
        )  # fmt: skip

    def save(self, cause: str) -> None:
        """Write what was booked, follow shortfalls and minimums, and tell the new state of every variant that moved.

        `cause` is the code that InventoryUpdated carries. Nothing booked, nothing told.
        """
        if not self._lines:
            return
        write_movements(self._lines)
        moved = list(self._moved.values())
        changed = {entry.item.variant_id: self.items[entry.item.variant_id] for entry in moved}
        follow_shortfalls([entry.item for entry in moved if _shortage_moved(entry)], self.now)
        follow_minimums(changed, self.now)
        facts.stock_changed(changed, cause=cause, at=self.now)
        self._lines.clear()
        self._moved.clear()

    def _take_in_hand(self, item: StockItem) -> StockItem:
        item.variant = self.variants[item.variant_id]
        item.location = self.locations[item.location_id]
        self.items[item.variant_id].append(item)
        self.by_id[item.pk] = item
        return item


def _shortage_moved(entry: Moved) -> bool:
    return max(0, -entry.available_before) != entry.item.short


