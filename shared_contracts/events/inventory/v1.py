"""Events of inventory, v1. Generated from the .avsc files in this folder; do not edit.

`python3 manage_all.py contracts generate` writes it anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from shared_contracts.events import fields
from shared_contracts.events.event import Event, Part, Record, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedLine(Part):
    """Units of one variant no longer promised at one location.

    line_id        The line of the order; null in a lease.
    variant_id     The variant.
    units          Units no longer promised.
    location_code  Where they lay; empty = was not decided.
    """

    line_id: UUID | None = None
    variant_id: UUID
    units: int
    location_code: str = ""

    def to_record(self) -> Record:
        return {
            "line_id": fields.optional("line_id", self.line_id, fields.uuid),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
            "location_code": fields.text("location_code", self.location_code),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            units=record["units"],
            location_code=record["location_code"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedLine(Part):
    """Why one line could not be promised.

    line_id     The line of the order.
    variant_id  The variant.
    wanted      Units asked for.
    available   Units that could have been promised.
    reason      Why this line: a code as for the whole order.
    """

    line_id: UUID
    variant_id: UUID
    wanted: int
    available: int = 0
    reason: str

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "wanted": fields.whole("wanted", self.wanted),
            "available": fields.whole("available", self.available),
            "reason": fields.required_code("reason", self.reason),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            wanted=record["wanted"],
            available=record["available"],
            reason=record["reason"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedLine(Part):
    """Units of one variant promised at one location; a line spread over locations comes several times.

    line_id        The line of the order; null in a lease.
    variant_id     The variant.
    units          Units promised.
    location_code  Where they lie; empty = not decided.
    """

    line_id: UUID | None = None
    variant_id: UUID
    units: int
    location_code: str = ""

    def to_record(self) -> Record:
        return {
            "line_id": fields.optional("line_id", self.line_id, fields.uuid),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
            "location_code": fields.text("location_code", self.location_code),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            units=record["units"],
            location_code=record["location_code"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationStock(Part):
    """The stock of one variant at one location, in units.

    location_code  The location.
    on_hand        Units physically there.
    reserved       Units promised by holds and leases.
    allocated      Units of paid orders, not yet sent.
    dispatched     Units sent, not yet settled.
    available      Units that can still be promised.
    """

    location_code: str
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    dispatched: int = 0
    available: int = 0

    def to_record(self) -> Record:
        return {
            "location_code": fields.text("location_code", self.location_code),
            "on_hand": fields.whole("on_hand", self.on_hand),
            "reserved": fields.whole("reserved", self.reserved),
            "allocated": fields.whole("allocated", self.allocated),
            "dispatched": fields.whole("dispatched", self.dispatched),
            "available": fields.whole("available", self.available),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            location_code=record["location_code"],
            on_hand=record["on_hand"],
            reserved=record["reserved"],
            allocated=record["allocated"],
            dispatched=record["dispatched"],
            available=record["available"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryAdjusted(Event):
    """A counted change of the stock on hand, with its reason.

    variant_id     The variant; key of the topic.
    adjustment_id  The adjustment.
    sku            Label of the variant as inventory knows it.
    location_code  The location.
    delta          Units added, or taken away when negative.
    on_hand        Units on hand at the location afterwards.
    reason         Why, as a code of inventory; empty = not told.
    note           What the person wrote; never personal data.
    reference      Number of the delivery note, count sheet or the like.
    adjusted_at    When it was booked.
    """

    TYPE: ClassVar[str] = "firstviscount.inventory.v1.InventoryAdjusted"
    TOPIC: ClassVar[str] = "inventory.stock"
    KEY: ClassVar[str] = "variant_id"
    FINGERPRINT: ClassVar[str] = "df56372705aafded"

    variant_id: UUID
    adjustment_id: UUID
    sku: str = ""
    location_code: str
    delta: int
    on_hand: int
    reason: str = ""
    note: str = ""
    reference: str = ""
    adjusted_at: datetime

    def to_record(self) -> Record:
        return {
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "adjustment_id": fields.uuid("adjustment_id", self.adjustment_id),
            "sku": fields.text("sku", self.sku),
            "location_code": fields.text("location_code", self.location_code),
            "delta": fields.whole("delta", self.delta),
            "on_hand": fields.whole("on_hand", self.on_hand),
            "reason": fields.code("reason", self.reason),
            "note": fields.text("note", self.note),
            "reference": fields.text("reference", self.reference),
            "adjusted_at": fields.moment("adjusted_at", self.adjusted_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            variant_id=record["variant_id"],
            adjustment_id=record["adjustment_id"],
            sku=record["sku"],
            location_code=record["location_code"],
            delta=record["delta"],
            on_hand=record["on_hand"],
            reason=record["reason"],
            note=record["note"],
            reference=record["reference"],
            adjusted_at=record["adjusted_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryReleased(Event):
    """A promise ended, in part or altogether.

    reservation_id  The reservation; key of the topic: the order's id for a hold, the lease's id for a lease.
    kind            What kind of promise it was.
    order_id        The order, for a hold.
    lease_id        The lease, for a lease.
    reason          Why, such as `order_cancelled`, `lines_cancelled`, `expired`, `client`, `staff`, `shortfall` or
                    `taken_over`.
    lines           What is no longer promised.
    final           Whether nothing is left of the reservation.
    released_at     When it ended.
    """

    TYPE: ClassVar[str] = "firstviscount.inventory.v1.InventoryReleased"
    TOPIC: ClassVar[str] = "inventory.reservation"
    KEY: ClassVar[str] = "reservation_id"
    FINGERPRINT: ClassVar[str] = "6fd0028054fa1eff"

    reservation_id: UUID
    kind: str
    order_id: UUID | None = None
    lease_id: UUID | None = None
    reason: str
    lines: tuple[ReleasedLine, ...] = ()
    final: bool
    released_at: datetime

    def to_record(self) -> Record:
        return {
            "reservation_id": fields.uuid("reservation_id", self.reservation_id),
            "kind": fields.one_of("kind", self.kind, ("hold", "lease")),
            "order_id": fields.optional("order_id", self.order_id, fields.uuid),
            "lease_id": fields.optional("lease_id", self.lease_id, fields.uuid),
            "reason": fields.required_code("reason", self.reason),
            "lines": fields.array("lines", self.lines, fields.record, ReleasedLine),
            "final": fields.truth("final", self.final),
            "released_at": fields.moment("released_at", self.released_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            reservation_id=record["reservation_id"],
            kind=record["kind"],
            order_id=record["order_id"],
            lease_id=record["lease_id"],
            reason=record["reason"],
            lines=parts(ReleasedLine, record["lines"]),
            final=record["final"],
            released_at=record["released_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryReservationRejected(Event):
    """Inventory cannot promise an order: nothing is held. An answer, not an error.

    reservation_id  The reservation that did not come to be (the order's id); key of the topic.
    order_id        The order.
    reason          Why: `insufficient_stock`, `unknown_variant`, `lease_gone`, `order_cancelled` or a later code.
    lines           The lines that could not be promised.
    rejected_at     When it was refused.
    """

    TYPE: ClassVar[str] = "firstviscount.inventory.v1.InventoryReservationRejected"
    TOPIC: ClassVar[str] = "inventory.reservation"
    KEY: ClassVar[str] = "reservation_id"
    FINGERPRINT: ClassVar[str] = "91f7537429079be1"

    reservation_id: UUID
    order_id: UUID
    reason: str
    lines: tuple[RejectedLine, ...] = ()
    rejected_at: datetime

    def to_record(self) -> Record:
        return {
            "reservation_id": fields.uuid("reservation_id", self.reservation_id),
            "order_id": fields.uuid("order_id", self.order_id),
            "reason": fields.required_code("reason", self.reason),
            "lines": fields.array("lines", self.lines, fields.record, RejectedLine),
            "rejected_at": fields.moment("rejected_at", self.rejected_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            reservation_id=record["reservation_id"],
            order_id=record["order_id"],
            reason=record["reason"],
            lines=parts(RejectedLine, record["lines"]),
            rejected_at=record["rejected_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryReserved(Event):
    """Stock is promised to an order (hold) or, for a while, to a client (lease).

    reservation_id  The reservation; key of the topic: the order's id for a hold, the lease's id for a lease.
    kind            What kind of promise it is.
    order_id        The order, for a hold.
    lease_id        The lease, for a lease; for a hold the lease it took over, if any.
    lines           What is promised.
    expires_at      When a lease ends by itself; null = it has no clock.
    reserved_at     When it was promised.
    """

    TYPE: ClassVar[str] = "firstviscount.inventory.v1.InventoryReserved"
    TOPIC: ClassVar[str] = "inventory.reservation"
    KEY: ClassVar[str] = "reservation_id"
    FINGERPRINT: ClassVar[str] = "b89b647b48dd8b74"

    reservation_id: UUID
    kind: str
    order_id: UUID | None = None
    lease_id: UUID | None = None
    lines: tuple[ReservedLine, ...]
    expires_at: datetime | None = None
    reserved_at: datetime

    def to_record(self) -> Record:
        return {
            "reservation_id": fields.uuid("reservation_id", self.reservation_id),
            "kind": fields.one_of("kind", self.kind, ("hold", "lease")),
            "order_id": fields.optional("order_id", self.order_id, fields.uuid),
            "lease_id": fields.optional("lease_id", self.lease_id, fields.uuid),
            "lines": fields.array("lines", self.lines, fields.record, ReservedLine),
            "expires_at": fields.optional("expires_at", self.expires_at, fields.moment),
            "reserved_at": fields.moment("reserved_at", self.reserved_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            reservation_id=record["reservation_id"],
            kind=record["kind"],
            order_id=record["order_id"],
            lease_id=record["lease_id"],
            lines=parts(ReservedLine, record["lines"]),
            expires_at=record["expires_at"],
            reserved_at=record["reserved_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryUpdated(Event):
    """The stock of a variant changed. Carries its full state; one per variant and transaction.

    variant_id  The variant; key of the topic.
    product_id  Its product; null = not known to inventory yet.
    sku         Label of the variant as inventory knows it.
    on_hand     Units physically there, all locations together.
    reserved    Units promised by holds and leases.
    allocated   Units of paid orders, not yet sent.
    dispatched  Units sent, not yet settled.
    available   Units that can still be promised, all locations together.
    locations   The same numbers per location.
    cause       What moved it, such as `adjustment`, `hold` or `shipment`; empty = not told.
    changed_at  When it changed.
    """

    TYPE: ClassVar[str] = "firstviscount.inventory.v1.InventoryUpdated"
    TOPIC: ClassVar[str] = "inventory.stock"
    KEY: ClassVar[str] = "variant_id"
    FINGERPRINT: ClassVar[str] = "51afe87b5f21559f"

    variant_id: UUID
    product_id: UUID | None = None
    sku: str = ""
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    dispatched: int = 0
    available: int
    locations: tuple[LocationStock, ...] = ()
    cause: str = ""
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "product_id": fields.optional("product_id", self.product_id, fields.uuid),
            "sku": fields.text("sku", self.sku),
            "on_hand": fields.whole("on_hand", self.on_hand),
            "reserved": fields.whole("reserved", self.reserved),
            "allocated": fields.whole("allocated", self.allocated),
            "dispatched": fields.whole("dispatched", self.dispatched),
            "available": fields.whole("available", self.available),
            "locations": fields.array("locations", self.locations, fields.record, LocationStock),
            "cause": fields.code("cause", self.cause),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            variant_id=record["variant_id"],
            product_id=record["product_id"],
            sku=record["sku"],
            on_hand=record["on_hand"],
            reserved=record["reserved"],
            allocated=record["allocated"],
            dispatched=record["dispatched"],
            available=record["available"],
            locations=parts(LocationStock, record["locations"]),
            cause=record["cause"],
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LowStockAlert(Event):
    """A variant fell below its minimum, or is at or above it again.

    variant_id     The variant; key of the topic.
    alert_id       The alert; the same when it opens and when it closes.
    sku            Label of the variant as inventory knows it.
    location_code  The location the minimum is for; empty = all together.
    available      Units that can be promised now.
    threshold      The minimum, in units.
    state          Whether the alert begins or ends.
    changed_at     When it opened or closed.
    """

    TYPE: ClassVar[str] = "firstviscount.inventory.v1.LowStockAlert"
    TOPIC: ClassVar[str] = "inventory.stock"
    KEY: ClassVar[str] = "variant_id"
    FINGERPRINT: ClassVar[str] = "5f72b12bb75df19e"

    variant_id: UUID
    alert_id: UUID
    sku: str = ""
    location_code: str = ""
    available: int
    threshold: int
    state: str
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "alert_id": fields.uuid("alert_id", self.alert_id),
            "sku": fields.text("sku", self.sku),
            "location_code": fields.text("location_code", self.location_code),
            "available": fields.whole("available", self.available),
            "threshold": fields.whole("threshold", self.threshold),
            "state": fields.one_of("state", self.state, ("opened", "closed")),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            variant_id=record["variant_id"],
            alert_id=record["alert_id"],
            sku=record["sku"],
            location_code=record["location_code"],
            available=record["available"],
            threshold=record["threshold"],
            state=record["state"],
            changed_at=record["changed_at"],
        )


EVENTS: tuple[type[Event], ...] = (
    InventoryAdjusted,
    InventoryReleased,
    InventoryReservationRejected,
    InventoryReserved,
    InventoryUpdated,
    LowStockAlert,
)
