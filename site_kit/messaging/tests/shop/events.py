"""Two facts of a toy shop, written by hand the way contracts generate them."""

import io
import json
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self
from uuid import UUID

import fastavro
from fastavro.schema import fingerprint, parse_schema, to_parsing_canonical_form


class _AvroEvent:
    """Reading and writing shared by the toy events."""

    TYPE: ClassVar[str]
    TOPIC: ClassVar[str]
    FINGERPRINT: ClassVar[str]
    SCHEMA: ClassVar[dict[str, Any]]
    PARSED: ClassVar[Any]
    item_id: UUID

    @property
    def aggregate_id(self) -> str:
        return str(self.item_id)

    def to_bytes(self) -> bytes:
        out = io.BytesIO()
        record = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]  # a dataclass
        fastavro.schemaless_writer(out, self.PARSED, record, strict=True)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes, writer_fingerprint: str | None = None) -> Self:
        writer = cls.PARSED if writer_fingerprint in (None, cls.FINGERPRINT) else WRITERS[writer_fingerprint]
        stream = io.BytesIO(data)
        record = fastavro.schemaless_reader(stream, writer, None if writer is cls.PARSED else cls.PARSED)
        if stream.read(1):
            raise ValueError("bytes left over")
        return cls(**record)  # type: ignore[arg-type]  # the schema says record


def fingerprint_of(schema: dict[str, Any]) -> str:
    return fingerprint(to_parsing_canonical_form(schema), "CRC-64-AVRO")


def _schema(name: str, *fields: dict[str, Any]) -> dict[str, Any]:
    item = {"name": "item_id", "type": {"type": "string", "logicalType": "uuid"}}
    return {"type": "record", "name": name, "namespace": "example.shop.v1", "fields": [item, *fields]}


@dataclass(frozen=True, slots=True)
class StockCounted(_AvroEvent):
    """So many units of an item are on the shelf."""

    SCHEMA: ClassVar = _schema(
        "StockCounted", {"name": "units", "type": "long"}, {"name": "note", "type": "string", "default": ""}
    )
    PARSED: ClassVar = parse_schema(SCHEMA)
    TYPE: ClassVar = "example.shop.v1.StockCounted"
    TOPIC: ClassVar = "shop.item"
    KEY: ClassVar = "item_id"
    FINGERPRINT: ClassVar = fingerprint_of(SCHEMA)

    item_id: UUID
    units: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemRenamed(_AvroEvent):
    """An item has another name."""

    SCHEMA: ClassVar = _schema("ItemRenamed", {"name": "name", "type": "string"})
    PARSED: ClassVar = parse_schema(SCHEMA)
    TYPE: ClassVar = "example.shop.v1.ItemRenamed"
    TOPIC: ClassVar = "shop.item"
    KEY: ClassVar = "item_id"
    FINGERPRINT: ClassVar = fingerprint_of(SCHEMA)

    item_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class BasketFilled(_AvroEvent):
    """A basket holds units of items that other baskets and requests want too."""

    SCHEMA: ClassVar = _schema("BasketFilled", {"name": "wanted", "type": {"type": "array", "items": "string"}})
    PARSED: ClassVar = parse_schema(SCHEMA)
    TYPE: ClassVar = "example.shop.v1.BasketFilled"
    TOPIC: ClassVar = "shop.basket"
    KEY: ClassVar = "item_id"
    FINGERPRINT: ClassVar = fingerprint_of(SCHEMA)

    item_id: UUID
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemScrapped(_AvroEvent):
    """Nobody listens to this one."""

    SCHEMA: ClassVar = _schema("ItemScrapped")
    PARSED: ClassVar = parse_schema(SCHEMA)
    TYPE: ClassVar = "example.shop.v1.ItemScrapped"
    TOPIC: ClassVar = "shop.item"
    KEY: ClassVar = "item_id"
    FINGERPRINT: ClassVar = fingerprint_of(SCHEMA)

    item_id: UUID


ALL: tuple[type[_AvroEvent], ...] = (StockCounted, ItemRenamed, BasketFilled, ItemScrapped)
WRITERS: dict[str, Any] = {event.FINGERPRINT: event.PARSED for event in ALL}


def schema_text(event: type[_AvroEvent]) -> str:
    return json.dumps(event.SCHEMA)
