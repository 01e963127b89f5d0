"""Events of orders, v1. Generated from the .avsc files in this folder; do not edit.

`python3 manage_all.py contracts generate` writes it anew.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from shared_contracts.events import fields
from shared_contracts.events.event import Event, Part, Record, part_or_none, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine(Part):
    """One variant in an order.

    line_id            The line.
    product_id         The product.
    variant_id         The variant.
    sku                Label of the variant when it was ordered.
    catalogue_version  Version of the product's stream the order was priced with; a reader behind it waits. 0 = not
                       told.
    units              Units ordered.
    unit_price         Price of one unit, in the order's currency.
    """

    line_id: UUID
    product_id: UUID
    variant_id: UUID
    sku: str = ""
    catalogue_version: int = 0
    units: int
    unit_price: Decimal

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "product_id": fields.uuid("product_id", self.product_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "sku": fields.text("sku", self.sku),
            "catalogue_version": fields.whole("catalogue_version", self.catalogue_version),
            "units": fields.whole("units", self.units),
            "unit_price": fields.money("unit_price", self.unit_price),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            product_id=record["product_id"],
            variant_id=record["variant_id"],
            sku=record["sku"],
            catalogue_version=record["catalogue_version"],
            units=record["units"],
            unit_price=record["unit_price"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPerson(Part):
    """Personal data, encrypted with the person's own key; without that key it is noise.

    key_id      The person's key, kept by orders.
    schema_fp   Fingerprint of the Avro record inside, as in `ce_schemafp`.
    nonce       Nonce of AES-GCM, 12 bytes.
    ciphertext  The sealed record with its tag.
    """

    key_id: UUID
    schema_fp: str
    nonce: bytes
    ciphertext: bytes

    def to_record(self) -> Record:
        return {
            "key_id": fields.uuid("key_id", self.key_id),
            "schema_fp": fields.text("schema_fp", self.schema_fp),
            "nonce": fields.blob("nonce", self.nonce),
            "ciphertext": fields.blob("ciphertext", self.ciphertext),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            key_id=record["key_id"],
            schema_fp=record["schema_fp"],
            nonce=record["nonce"],
            ciphertext=record["ciphertext"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledLine(Part):
    """Units of one line that will not be sent.

    line_id     The line.
    variant_id  The variant.
    units       Units that will not be sent.
    """

    line_id: UUID
    variant_id: UUID
    units: int

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            units=record["units"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine(Part):
    """One line of an order that is paid.

    line_id     The line.
    variant_id  The variant.
    units       Units paid for.
    """

    line_id: UUID
    variant_id: UUID
    units: int

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            units=record["units"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundedLine(Part):
    """The part of a refund that belongs to one line.

    line_id     The line.
    variant_id  The variant.
    units       Units refunded; 0 = money only.
    amount      Money for this line; null = not split by line.
    """

    line_id: UUID
    variant_id: UUID
    units: int = 0
    amount: Decimal | None = None

    def to_record(self) -> Record:
        return {
            "line_id": fields.uuid("line_id", self.line_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "units": fields.whole("units", self.units),
            "amount": fields.optional("amount", self.amount, fields.money),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            line_id=record["line_id"],
            variant_id=record["variant_id"],
            units=record["units"],
            amount=record["amount"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    """An order is off; what is still held or allocated for it is free.

    order_id      The order; key of the topic.
    reason        Why, as a code of orders; empty = not told.
    cancelled_at  When it was cancelled.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderCancelled"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "d019221b979dad6d"

    order_id: UUID
    reason: str = ""
    cancelled_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "reason": fields.code("reason", self.reason),
            "cancelled_at": fields.moment("cancelled_at", self.cancelled_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            reason=record["reason"],
            cancelled_at=record["cancelled_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCompleted(Event):
    """The customer has everything that was sent; it leaves the books of inventory.

    order_id      The order; key of the topic.
    completed_at  When it was complete.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderCompleted"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "18727745367dab95"

    order_id: UUID
    completed_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "completed_at": fields.moment("completed_at", self.completed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            completed_at=record["completed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCreated(Event):
    """A customer placed an order. Inventory answers it.

    order_id     The order; key of the topic.
    number       The number people see.
    currency     ISO 4217 code of all amounts.
    total        What the order comes to.
    lines        What was ordered.
    lease_token  Token of the lease whose stock the hold takes over; null = none.
    customer     Who ordered, sealed; null = not told.
    placed_at    When it was placed.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderCreated"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "23e27dfc5d1283b5"

    order_id: UUID
    number: str = ""
    currency: str
    total: Decimal
    lines: tuple[OrderLine, ...]
    lease_token: str | None = None
    customer: SealedPerson | None = None
    placed_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "number": fields.text("number", self.number),
            "currency": fields.currency("currency", self.currency),
            "total": fields.money("total", self.total),
            "lines": fields.array("lines", self.lines, fields.record, OrderLine),
            "lease_token": fields.optional("lease_token", self.lease_token, fields.text),
            "customer": fields.optional("customer", self.customer, fields.record, SealedPerson),
            "placed_at": fields.moment("placed_at", self.placed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            number=record["number"],
            currency=record["currency"],
            total=record["total"],
            lines=parts(OrderLine, record["lines"]),
            lease_token=record["lease_token"],
            customer=part_or_none(SealedPerson, record["customer"]),
            placed_at=record["placed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLinesCancelled(Event):
    """Some units of an order will not be sent; the rest of the order stands.

    order_id      The order; key of the topic.
    lines         What will not be sent.
    reason        Why, as a code of orders; empty = not told.
    cancelled_at  When it was cancelled.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderLinesCancelled"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "0edca9b134316a98"

    order_id: UUID
    lines: tuple[CancelledLine, ...]
    reason: str = ""
    cancelled_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "lines": fields.array("lines", self.lines, fields.record, CancelledLine),
            "reason": fields.code("reason", self.reason),
            "cancelled_at": fields.moment("cancelled_at", self.cancelled_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            lines=parts(CancelledLine, record["lines"]),
            reason=record["reason"],
            cancelled_at=record["cancelled_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaymentProcessed(Event):
    """An order is paid: its hold becomes an allocation, its goods may be sent.

    order_id    The order; key of the topic.
    payment_id  The payment.
    amount      What was paid.
    currency    ISO 4217 code of the amount.
    lines       What is paid for and may be sent.
    ship_to     Where to, sealed; null = nothing to send.
    paid_at     When it was paid.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderPaymentProcessed"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "98cc96b56093b53d"

    order_id: UUID
    payment_id: UUID
    amount: Decimal
    currency: str
    lines: tuple[PaidLine, ...] = ()
    ship_to: SealedPerson | None = None
    paid_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "payment_id": fields.uuid("payment_id", self.payment_id),
            "amount": fields.money("amount", self.amount),
            "currency": fields.currency("currency", self.currency),
            "lines": fields.array("lines", self.lines, fields.record, PaidLine),
            "ship_to": fields.optional("ship_to", self.ship_to, fields.record, SealedPerson),
            "paid_at": fields.moment("paid_at", self.paid_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            payment_id=record["payment_id"],
            amount=record["amount"],
            currency=record["currency"],
            lines=parts(PaidLine, record["lines"]),
            ship_to=part_or_none(SealedPerson, record["ship_to"]),
            paid_at=record["paid_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefunded(Event):
    """Money went back to the customer. Says nothing about goods.

    order_id     The order; key of the topic.
    refund_id    The refund.
    amount       What was paid back.
    currency     ISO 4217 code of the amount.
    reason       Why, as a code of orders; empty = not told.
    lines        The lines it belongs to; empty = the order as a whole.
    refunded_at  When it was paid back.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderRefunded"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "1f309740ed3c84cf"

    order_id: UUID
    refund_id: UUID
    amount: Decimal
    currency: str
    reason: str = ""
    lines: tuple[RefundedLine, ...] = ()
    refunded_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "refund_id": fields.uuid("refund_id", self.refund_id),
            "amount": fields.money("amount", self.amount),
            "currency": fields.currency("currency", self.currency),
            "reason": fields.code("reason", self.reason),
            "lines": fields.array("lines", self.lines, fields.record, RefundedLine),
            "refunded_at": fields.moment("refunded_at", self.refunded_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            refund_id=record["refund_id"],
            amount=record["amount"],
            currency=record["currency"],
            reason=record["reason"],
            lines=parts(RefundedLine, record["lines"]),
            refunded_at=record["refunded_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderValidated(Event):
    """An order is sound and its stock is held; it may be paid.

    order_id      The order; key of the topic.
    validated_at  When it was found sound.
    """

    TYPE: ClassVar[str] = "firstviscount.orders.v1.OrderValidated"
    TOPIC: ClassVar[str] = "orders.order"
    KEY: ClassVar[str] = "order_id"
    FINGERPRINT: ClassVar[str] = "4b1b6ca1726cd32d"

    order_id: UUID
    validated_at: datetime

    def to_record(self) -> Record:
        return {
            "order_id": fields.uuid("order_id", self.order_id),
            "validated_at": fields.moment("validated_at", self.validated_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            order_id=record["order_id"],
            validated_at=record["validated_at"],
        )


EVENTS: tuple[type[Event], ...] = (
    OrderCancelled,
    OrderCompleted,
    OrderCreated,
    OrderLinesCancelled,
    OrderPaymentProcessed,
    OrderRefunded,
    OrderValidated,
)
