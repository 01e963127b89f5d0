# ruff: noqa: N818 - a refusal is an answer, not an error
"""Every refusal this site can utter, each with its stable code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from site_kit.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant of which fewer units can be promised than wanted."""

    variant_id: UUID
    wanted: int
    available: int

    def as_detail(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"variant_id": str(self.variant_id), "wanted": self.wanted, "available": self.available}


class InventoryError(Refusal):
    """Any refusal of inventory. Two refusals of one kind with the same details are equal."""

    code: ClassVar[str] = "inventory_refused"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.details == other.details

    def __hash__(self) -> int:
        return hash((type(self), str(self)))


class NotKnown(InventoryError):
    """What was named is not there."""

    code = "not_known"


class UnknownVariant(NotKnown):
    """A variant that is not in the local copy of the catalogue, or has left it."""

    code = "unknown_variant"

    def __init__(self, variant_ids: Iterable[UUID]) -> None:
        self.variant_ids = tuple(sorted(variant_ids))
        super().__init__(
            "The catalogue has told inventory of no such variant.", variant_ids=[str(id_) for id_ in self.variant_ids]
        )


class UnknownProduct(NotKnown):
    """A product that is not in the local copy of the catalogue."""

    code = "unknown_product"


class UnknownLocation(NotKnown):
    """No location has this code."""

    code = "unknown_location"

    def __init__(self, codes: Iterable[str]) -> None:
        names = sorted(codes)
        super().__init__(f"There is no location {', '.join(names)}.", locations=names)


class UnknownLease(NotKnown):
    """No lease has this token."""

    code = "unknown_lease"


class UnknownRule(NotKnown):
    """No low-stock rule has this id."""

    code = "unknown_rule"


class UnknownHold(NotKnown):
    """Nothing was ever promised to this order."""

    code = "unknown_hold"


class Conflict(InventoryError):
    """Right in itself, but it does not fit what is there."""

    code = "conflict"


class RevisionMoved(InventoryError):
    """Somebody else changed it since the caller looked."""

    code = "revision_moved"


class InsufficientStock(Conflict):
    """Fewer units can be promised than wanted; names every variant that is short."""

    code = "insufficient_stock"

    def __init__(self, shortages: Iterable[Shortage]) -> None:
        self.shortages = tuple(shortages)
        super().__init__("There is not enough stock.", lines=[shortage.as_detail() for shortage in self.shortages])


class LeaseGone(Conflict):
    """The lease is over: expired, released, or taken over by an order."""

    code = "lease_gone"

    def __init__(self, state: str) -> None:
        super().__init__(f"The lease is over: {state.replace('_', ' ')}.", state=state)


class LeaseTooLong(Conflict):
    """A lease cannot be extended past its longest life."""

    code = "lease_too_long"

    def __init__(self, latest: datetime) -> None:
        super().__init__("A lease does not live longer than that.", latest=latest.isoformat())


class OrderIsCancelled(Conflict):
    """The order was cancelled before inventory heard of it."""

    code = "order_cancelled"


class NotEnoughOnHand(Conflict):
    """An adjustment would take more units than are on hand."""

    code = "not_enough_on_hand"

    def __init__(self, *, variant_id: UUID, location: str, on_hand: int, delta: int) -> None:
        super().__init__(
            f"Only {on_hand} on hand at {location}.",
            variant_id=str(variant_id),
            location=location,
            on_hand=on_hand,
            delta=delta,
        )


class CountOutdated(Conflict):
    """A count was made against another number on hand than there is now."""

    code = "count_outdated"

    def __init__(self, *, variant_id: UUID, location: str, on_hand: int, expected: int) -> None:
        super().__init__(
            f"{on_hand} are on hand at {location} now, not {expected}: count again.",
            variant_id=str(variant_id),
            location=location,
            on_hand=on_hand,
            expected=expected,
        )


class CountMixedWithDelta(Conflict):
    """One request counts a stock item and changes it as well, or counts it twice."""

    code = "count_mixed_with_delta"


class ReceiptNotPositive(InventoryError):
    """A receipt that would take units away."""

    code = "receipt_not_positive"


class TooManyUnits(Conflict):
    """More units than a stock item can hold."""

    code = "too_many_units"


class LocationCodeTaken(Conflict):
    """Another location has this code."""

    code = "location_code_taken"


class LocationClosed(Conflict):
    """Nothing is booked at a closed location."""

    code = "location_closed"


class LocationNotEmpty(Conflict):
    """A location with goods or promises cannot be closed."""

    code = "location_not_empty"


class RuleExists(Conflict):
    """The variant has a low-stock rule for this location already."""

    code = "rule_exists"


class NothingToRelease(Conflict):
    """Nothing is promised any more."""

    code = "nothing_to_release"


class ReasonMissing(InventoryError):
    """Staff gave no reason for a change that needs one."""

    code = "reason_missing"
