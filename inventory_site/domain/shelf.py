"""Some variants with all their stock, locked and in hand: look, book, save."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from inventory_site.domain import clock, facts
from inventory_site.domain.in_hand import ItemInHand, VariantInHand
from inventory_site.domain.ledger import Because, Line, write_movements
from inventory_site.domain.minimums import follow_minimums
from inventory_site.domain.models import Location, MovementKind, StockItem
from inventory_site.domain.shortfalls import follow_shortfalls
from site_kit.context import current
from site_kit.messaging.database import fast_cursor

VARIANTS_WITH_STOCK = """
    SELECT variant.variant_id, variant.product_id, variant.sku, variant.removed,
           item.id, place.code, item.on_hand, item.reserved, item.allocated, item.dispatched
    FROM inventory_variant AS variant
    LEFT JOIN inventory_stockitem AS item ON item.variant_id = variant.variant_id
    LEFT JOIN inventory_location AS place ON place.id = item.location_id
    WHERE variant.variant_id = ANY(%b::uuid[]) ORDER BY place.rank, place.code
"""


class Moved(NamedTuple):
    """A stock item that a shelf has booked on, and how many units were missing there before."""

    item: ItemInHand
    short_before: int


@dataclass(slots=True)
class Shelf:
    """The stock of variants whose rows the transaction has locked.

    The lock of a variant stands before all its stock items, those not made yet too, so that a reader under
    it sees the whole. Booking changes the numbers in hand; `save` writes them and tells the others.
    """

    variants: dict[UUID, VariantInHand] = field(default_factory=dict)
    items: dict[UUID, list[ItemInHand]] = field(default_factory=dict)
    by_id: dict[int, ItemInHand] = field(default_factory=dict)
    now: datetime = field(default_factory=clock.now)
    actor: str = field(default_factory=lambda: str(current().actor))
    _lines: list[Line] = field(default_factory=list)
    _moved: dict[int, Moved] = field(default_factory=dict)

    @classmethod
    def of(cls, variant_ids: Collection[UUID]) -> Self:
        """Take the stock of locked variants in hand, items in rank order; ids nobody knows are passed over.

        Read in a statement of its own after the lock: one that waited for the lock would not see stock items
        made meanwhile.
        """
        shelf = cls()
        if not variant_ids:
            return shelf
        with fast_cursor() as cursor:
            for variant_id, product_id, sku, removed, *item in cursor.execute(VARIANTS_WITH_STOCK, [list(variant_ids)]):
                if variant_id not in shelf.variants:
                    shelf.variants[variant_id] = VariantInHand(variant_id, product_id, sku, removed)
                    shelf.items[variant_id] = []
                if item[0] is not None:
                    shelf._take_in_hand(ItemInHand(item[0], variant_id, *item[1:]))
        return shelf

    def available(self, variant_id: UUID) -> int:
        """What can still be promised of a variant, all locations together."""
        return sum([item.available for item in self.items.get(variant_id, ())])

    def is_known(self, variant_id: UUID) -> bool:
        """Whether the catalogue has the variant, so that something new may be promised of it."""
        variant = self.variants.get(variant_id)
        return variant is not None and variant.is_offered

    def item_at(self, variant_id: UUID, location: Location) -> ItemInHand:
        """The stock item of a variant at a location, made with all numbers zero if there is none."""
        for item in self.items[variant_id]:
            if item.location == location.code:
                return item
        row = StockItem.objects.create(variant_id=variant_id, location=location)
        return self._take_in_hand(ItemInHand(row.pk, variant_id, location.code))

    def book(
        self,
        item: ItemInHand,
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
        if item.id not in self._moved:
            self._moved[item.id] = Moved(item, item.short)
        item.on_hand += on_hand
        item.reserved += reserved
        item.allocated += allocated
        item.dispatched += dispatched
        self._lines.append(
            Line(
                item.id, kind, on_hand, reserved, allocated, dispatched, deducted,
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
        follow_shortfalls([item for item, short_before in moved if item.short != short_before], self.now)
        follow_minimums(changed, self.now)
        for variant_id, items in changed.items():
            facts.stock_changed(self.variants[variant_id], items, cause=cause, at=self.now)
        self._lines.clear()
        self._moved.clear()

    def _take_in_hand(self, item: ItemInHand) -> ItemInHand:
        self.items[item.variant_id].append(item)
        self.by_id[item.id] = item
        return item
