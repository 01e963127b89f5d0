"""Events of delivery, v1. Generated from the .avsc files in this folder; do not edit.

`python3 manage_all.py contracts generate` writes it anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from shared_contracts.events import fields
from shared_contracts.events.event import Event, Part, Record, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedLine(Part):
    """Units of one line that were looked at after a return.

    line_id        The line of the order.
    variant_id     The variant.
    units          Units looked at.
    disposition    What becomes of them.
    location_code  Where they are put back; null = where they came from.
    """

    line_id: UUID
    variant_id: UUID
    units: int
    disposition: str
    location_code: str | None = None

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
            "disposition": fields.one_of("disposition", self.disposition, ("restock", "scrap", "lost")),
            "location_code": fields.optional("location_code", self.location_code, fields.text),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            units=record["units"],
            disposition=record["disposition"],
            location_code=record["location_code"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedLine(Part):
    """Units of one line in a shipment.

    line_id        The line of the order.
    variant_id     The variant.
    units          Units sent.
    location_code  Where they were taken from; null = where they were allocated.
    """

    line_id: UUID
    variant_id: UUID
    units: int
    location_code: str | None = None

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
            "location_code": fields.optional("location_code", self.location_code, fields.text),
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
class ReturnInspected(Event):
    """Returned goods were looked at: the only way back to the shelf.

    return_id     The return; key of the topic.
    order_id      The order.
    shipment_id   The shipment they were sent with; null = not known.
    lines         What was looked at, and what becomes of it.
    inspected_at  When they were looked at.
    """

    TYPE: ClassVar[str] = "firstviscount.delivery.v1.ReturnInspected"
    TOPIC: ClassVar[str] = "delivery.return"
    KEY: ClassVar[str] = "return_id"
    FINGERPRINT: ClassVar[str] = "9a6229fb3f242a22"

    return_id: UUID
    order_id: UUID
    shipment_id: UUID | None = None
    lines: tuple[InspectedLine, ...]
    inspected_at: datetime

    def to_record(self) -> Record:
        return {
            "return_id": fields.uuid("return_id", self.return_id),
            "order_id": fields.uuid("order_id", self.order_id),
            "shipment_id": fields.optional("shipment_id", self.shipment_id, fields.uuid),
            "lines": fields.array("lines", self.lines, fields.record, InspectedLine),
            "inspected_at": fields.moment("inspected_at", self.inspected_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            return_id=record["return_id"],
            order_id=record["order_id"],
            shipment_id=record["shipment_id"],
            lines=parts(InspectedLine, record["lines"]),
            inspected_at=record["inspected_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentDispatched(Event):
    """A shipment left the house: a physical fact, whatever became of the order.

    shipment_id      The shipment; key of the topic.
    order_id         The order.
    lines            What was sent.
    carrier          Who carries it; empty = not told.
    tracking_number  The carrier's number; empty = none.
    dispatched_at    When it left.
    """

    TYPE: ClassVar[str] = "firstviscount.delivery.v1.ShipmentDispatched"
    TOPIC: ClassVar[str] = "delivery.shipment"
    KEY: ClassVar[str] = "shipment_id"
    FINGERPRINT: ClassVar[str] = "97704c86c800795a"

    shipment_id: UUID
    order_id: UUID
    lines: tuple[ShippedLine, ...]
    carrier: str = ""
    tracking_number: str = ""
    dispatched_at: datetime

    def to_record(self) -> Record:
        return {
            "shipment_id": fields.uuid("shipment_id", self.shipment_id),
            "order_id": fields.uuid("order_id", self.order_id),
            "lines": fields.array("lines", self.lines, fields.record, ShippedLine),
            "carrier": fields.text("carrier", self.carrier),
            "tracking_number": fields.text("tracking_number", self.tracking_number),
            "dispatched_at": fields.moment("dispatched_at", self.dispatched_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            shipment_id=record["shipment_id"],
            order_id=record["order_id"],
            lines=parts(ShippedLine, record["lines"]),
            carrier=record["carrier"],
            tracking_number=record["tracking_number"],
            dispatched_at=record["dispatched_at"],
        )


EVENTS: tuple[type[Event], ...] = (
    ReturnInspected,
    ShipmentDispatched,
)
