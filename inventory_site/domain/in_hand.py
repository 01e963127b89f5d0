"""Rows of locked variants and orders as operations work with them: plain and light, thousands of them a second."""

from dataclasses import dataclass
from uuid import UUID

from inventory_site.domain.models.stock_item import units_available


@dataclass(frozen=True, slots=True)
class VariantInHand:
    """What the catalogue calls a variant, and whether it still has it."""

    variant_id: UUID
    product_id: UUID | None
    sku: str
    removed: bool

    @property
    def is_offered(self) -> bool:
        """Whether the catalogue has it, so that something new may be promised."""
        return self.product_id is not None and not self.removed


@dataclass(slots=True)
class ItemInHand:
    """A stock item; the numbers run ahead of its row until the shelf is saved."""

    id: int
    variant_id: UUID
    location: str
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    dispatched: int = 0

    @property
    def available(self) -> int:
        """What can still be promised."""
        return units_available(self.on_hand, self.reserved, self.allocated)

    @property
    def short(self) -> int:
        """Units promised that are not there."""
        return max(0, -self.available)


@dataclass(slots=True)
class LineInHand:
    """A hold line, field by field as in `HoldLine`; `id` is None until it is written."""

    id: int | None
    hold_id: UUID
    line_id: UUID
    stock_item_id: int
    units: int = 0
    reserved: int = 0
    allocated: int = 0
    dispatched: int = 0
    deducted: int = 0
    returned: int = 0

    @property
    def promised(self) -> int:
        """Units still promised, paid or not."""
        return self.reserved + self.allocated

    @property
    def shipped(self) -> int:
        """Units ever sent from here."""
        return self.dispatched + self.deducted
