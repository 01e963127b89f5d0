"""Events of catalog, v1. Generated from the .avsc files in this folder; do not edit.

`python3 manage_all.py contracts generate` writes it anew.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from shared_contracts.events import fields
from shared_contracts.events.event import Event, Part, Record, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Part):
    """What one unit costs in one currency.

    currency  ISO 4217 code.
    amount    Price of one unit.
    """

    currency: str
    amount: Decimal

    def to_record(self) -> Record:
        return {
            "currency": fields.currency("currency", self.currency),
            "amount": fields.money("amount", self.amount),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            currency=record["currency"],
            amount=record["amount"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Part):
    """The place of a variant on one axis.

    axis   Name of the axis, such as `colour`.
    value  Value on that axis, such as `red`.
    """

    axis: str
    value: str

    def to_record(self) -> Record:
        return {
            "axis": fields.text("axis", self.axis),
            "value": fields.text("value", self.value),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            axis=record["axis"],
            value=record["value"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Part):
    """One thing that can be sold and counted.

    variant_id  The variant, the same in every site.
    sku         Label of the variant; it may change.
    name        Name of the variant; empty = the product's name.
    barcode     GTIN or other code on the package; empty = none.
    active      Whether it is offered for sale.
    options     Its place on every axis of the product.
    prices      Its price per currency.
    weight_g    Weight with package in grams; null = not known.
    """

    variant_id: UUID
    sku: str = ""
    name: str = ""
    barcode: str = ""
    active: bool = True
    options: tuple[Option, ...] = ()
    prices: tuple[Price, ...] = ()
    weight_g: int | None = None

    def to_record(self) -> Record:
        return {
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "sku": fields.text("sku", self.sku),
            "name": fields.text("name", self.name),
            "barcode": fields.text("barcode", self.barcode),
            "active": fields.truth("active", self.active),
            "options": fields.array("options", self.options, fields.record, Option),
            "prices": fields.array("prices", self.prices, fields.record, Price),
            "weight_g": fields.optional("weight_g", self.weight_g, fields.whole),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            variant_id=record["variant_id"],
            sku=record["sku"],
            name=record["name"],
            barcode=record["barcode"],
            active=record["active"],
            options=parts(Option, record["options"]),
            prices=parts(Price, record["prices"]),
            weight_g=record["weight_g"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChanged(Event):
    """The price of one variant in one currency was set, changed or removed.

    product_id       The product; key of the topic.
    variant_id       The variant whose price it is.
    sku              Label of the variant.
    currency         ISO 4217 code of the price that changed.
    amount           The price from now on; null = no longer sold in this currency.
    previous_amount  The price until now; null = there was none.
    prices           All prices of the variant from now on.
    changed_at       When the price came into force.
    """

    TYPE: ClassVar[str] = "firstviscount.catalog.v1.PriceChanged"
    TOPIC: ClassVar[str] = "catalog.product"
    KEY: ClassVar[str] = "product_id"
    FINGERPRINT: ClassVar[str] = "6288903b6cd8b7d2"

    product_id: UUID
    variant_id: UUID
    sku: str = ""
    currency: str
    amount: Decimal | None = None
    previous_amount: Decimal | None = None
    prices: tuple[Price, ...] = ()
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "product_id": fields.uuid("product_id", self.product_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "sku": fields.text("sku", self.sku),
            "currency": fields.currency("currency", self.currency),
            "amount": fields.optional("amount", self.amount, fields.money),
            "previous_amount": fields.optional("previous_amount", self.previous_amount, fields.money),
            "prices": fields.array("prices", self.prices, fields.record, Price),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            product_id=record["product_id"],
            variant_id=record["variant_id"],
            sku=record["sku"],
            currency=record["currency"],
            amount=record["amount"],
            previous_amount=record["previous_amount"],
            prices=parts(Price, record["prices"]),
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductBackInStock(Event):
    """An active variant of a product that was out of stock is available again.

    product_id  The product; key of the topic.
    variant_id  The variant that tipped it.
    sku         Label of that variant.
    changed_at  When the product came back.
    """

    TYPE: ClassVar[str] = "firstviscount.catalog.v1.ProductBackInStock"
    TOPIC: ClassVar[str] = "catalog.product"
    KEY: ClassVar[str] = "product_id"
    FINGERPRINT: ClassVar[str] = "287e2fa2813bfad5"

    product_id: UUID
    variant_id: UUID
    sku: str = ""
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "product_id": fields.uuid("product_id", self.product_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "sku": fields.text("sku", self.sku),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            product_id=record["product_id"],
            variant_id=record["variant_id"],
            sku=record["sku"],
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCreated(Event):
    """A product was born. Carries its full public state.

    product_id    The product; key of the topic.
    name          Name shown to customers.
    slug          Readable part of the product's address.
    description   Text shown to customers.
    brand         Brand; empty = none.
    status        Whether customers see it.
    category_ids  Categories it stands in.
    variants      All its variants, sold or not.
    picture_url   Address of its picture; null = none.
    changed_at    When this became its state.
    """

    TYPE: ClassVar[str] = "firstviscount.catalog.v1.ProductCreated"
    TOPIC: ClassVar[str] = "catalog.product"
    KEY: ClassVar[str] = "product_id"
    FINGERPRINT: ClassVar[str] = "bbcc4b61185c2ee2"

    product_id: UUID
    name: str = ""
    slug: str = ""
    description: str = ""
    brand: str = ""
    status: str = "draft"
    category_ids: tuple[UUID, ...] = ()
    variants: tuple[Variant, ...] = ()
    picture_url: str | None = None
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "product_id": fields.uuid("product_id", self.product_id),
            "name": fields.text("name", self.name),
            "slug": fields.text("slug", self.slug),
            "description": fields.text("description", self.description),
            "brand": fields.text("brand", self.brand),
            "status": fields.one_of("status", self.status, ("draft", "active", "archived")),
            "category_ids": fields.array("category_ids", self.category_ids, fields.uuid),
            "variants": fields.array("variants", self.variants, fields.record, Variant),
            "picture_url": fields.optional("picture_url", self.picture_url, fields.text),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            product_id=record["product_id"],
            name=record["name"],
            slug=record["slug"],
            description=record["description"],
            brand=record["brand"],
            status=record["status"],
            category_ids=tuple(record["category_ids"]),
            variants=parts(Variant, record["variants"]),
            picture_url=record["picture_url"],
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDeleted(Event):
    """A product is gone for ever, with all its variants.

    product_id   The product; key of the topic.
    variant_ids  The variants that are gone with it.
    deleted_at   When it was deleted.
    """

    TYPE: ClassVar[str] = "firstviscount.catalog.v1.ProductDeleted"
    TOPIC: ClassVar[str] = "catalog.product"
    KEY: ClassVar[str] = "product_id"
    FINGERPRINT: ClassVar[str] = "e063b923ba22e498"

    product_id: UUID
    variant_ids: tuple[UUID, ...] = ()
    deleted_at: datetime

    def to_record(self) -> Record:
        return {
            "product_id": fields.uuid("product_id", self.product_id),
            "variant_ids": fields.array("variant_ids", self.variant_ids, fields.uuid),
            "deleted_at": fields.moment("deleted_at", self.deleted_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            product_id=record["product_id"],
            variant_ids=tuple(record["variant_ids"]),
            deleted_at=record["deleted_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOutOfStock(Event):
    """The last active variant of a product that was available is not any more.

    product_id  The product; key of the topic.
    variant_id  The variant that tipped it.
    sku         Label of that variant.
    changed_at  When the product ran out.
    """

    TYPE: ClassVar[str] = "firstviscount.catalog.v1.ProductOutOfStock"
    TOPIC: ClassVar[str] = "catalog.product"
    KEY: ClassVar[str] = "product_id"
    FINGERPRINT: ClassVar[str] = "378871dd4d9dad18"

    product_id: UUID
    variant_id: UUID
    sku: str = ""
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "product_id": fields.uuid("product_id", self.product_id),
            "variant_id": fields.uuid("variant_id", self.variant_id),
            "sku": fields.text("sku", self.sku),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            product_id=record["product_id"],
            variant_id=record["variant_id"],
            sku=record["sku"],
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductUpdated(Event):
    """A product or one of its variants changed. Carries its full public state.

    product_id    The product; key of the topic.
    name          Name shown to customers.
    slug          Readable part of the product's address.
    description   Text shown to customers.
    brand         Brand; empty = none.
    status        Whether customers see it.
    category_ids  Categories it stands in.
    variants      All its variants, sold or not.
    picture_url   Address of its picture; null = none.
    changed_at    When this became its state.
    """

    TYPE: ClassVar[str] = "firstviscount.catalog.v1.ProductUpdated"
    TOPIC: ClassVar[str] = "catalog.product"
    KEY: ClassVar[str] = "product_id"
    FINGERPRINT: ClassVar[str] = "bd6ea8b6cb86bf9c"

    product_id: UUID
    name: str = ""
    slug: str = ""
    description: str = ""
    brand: str = ""
    status: str = "draft"
    category_ids: tuple[UUID, ...] = ()
    variants: tuple[Variant, ...] = ()
    picture_url: str | None = None
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "product_id": fields.uuid("product_id", self.product_id),
            "name": fields.text("name", self.name),
            "slug": fields.text("slug", self.slug),
            "description": fields.text("description", self.description),
            "brand": fields.text("brand", self.brand),
            "status": fields.one_of("status", self.status, ("draft", "active", "archived")),
            "category_ids": fields.array("category_ids", self.category_ids, fields.uuid),
            "variants": fields.array("variants", self.variants, fields.record, Variant),
            "picture_url": fields.optional("picture_url", self.picture_url, fields.text),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            product_id=record["product_id"],
            name=record["name"],
            slug=record["slug"],
            description=record["description"],
            brand=record["brand"],
            status=record["status"],
            category_ids=tuple(record["category_ids"]),
            variants=parts(Variant, record["variants"]),
            picture_url=record["picture_url"],
            changed_at=record["changed_at"],
        )


EVENTS: tuple[type[Event], ...] = (
    PriceChanged,
    ProductBackInStock,
    ProductCreated,
    ProductDeleted,
    ProductOutOfStock,
    ProductUpdated,
)
