"""Bytes are read to the last one, with the schema they were written with, or not at all."""

import json
import random
from io import BytesIO
from typing import Any

import pytest
from fastavro import parse_schema, schemaless_writer

from shared_contracts.events import catalogue
from shared_contracts.events.catalog.v1 import PriceChanged, ProductCreated, ProductOutOfStock
from shared_contracts.events.catalogue import EVENTS
from shared_contracts.events.codec import EventError, UnknownSchema, UnreadableEvent
from shared_contracts.events.event import Event
from shared_contracts.events.golden import example, golden_bytes
from shared_contracts.events.schemas import fingerprint_of, schema_by_fingerprint, schema_json

KINDS = pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.__name__)


def written_with(schema: dict[str, Any], record: dict[str, Any]) -> bytes:
    buffer = BytesIO()
    schemaless_writer(buffer, parse_schema(json.loads(json.dumps(schema))), record)
    return buffer.getvalue()


@KINDS
def test_bytes_cut_anywhere_are_no_event(kind: type[Event]) -> None:
    data = golden_bytes(kind)

    for length in range(len(data)):
        with pytest.raises(UnreadableEvent):
            kind.from_bytes(data[:length])


@KINDS
def test_bytes_too_many_are_no_event(kind: type[Event]) -> None:
    with pytest.raises(UnreadableEvent, match="1 bytes too many"):
        kind.from_bytes(golden_bytes(kind) + b"\x00")


@KINDS
def test_any_bytes_at_all_are_read_or_refused_in_one_way(kind: type[Event]) -> None:
    chance = random.Random(kind.TYPE)
    data = golden_bytes(kind)

    for _ in range(300):
        broken = bytearray(data) if chance.random() < 0.7 else bytearray(chance.randbytes(chance.randrange(120)))
        for _ in range(chance.randrange(1, 5)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            kind.from_bytes(bytes(broken))
        except UnreadableEvent as fault:
            assert str(fault).startswith(kind.TYPE)  # noqa: PT017 - most of them are refused, a few happen to be events


def test_an_unknown_writer_schema_is_told_apart_from_broken_bytes() -> None:
    with pytest.raises(UnknownSchema, match="0123456789abcdef") as unknown:
        PriceChanged.from_bytes(golden_bytes(PriceChanged), "0123456789abcdef")

    assert isinstance(unknown.value, LookupError)
    assert isinstance(unknown.value, EventError)
    assert not isinstance(unknown.value, UnreadableEvent)


def test_the_own_fingerprint_is_as_good_as_none() -> None:
    data = golden_bytes(PriceChanged)

    assert PriceChanged.from_bytes(data, PriceChanged.FINGERPRINT) == PriceChanged.from_bytes(data)


def test_bytes_of_another_event_are_refused_by_its_name() -> None:
    with pytest.raises(UnreadableEvent, match=r"v1\.PriceChanged: .* written as firstviscount\.catalog\.v1\.ProductCr"):
        PriceChanged.from_bytes(golden_bytes(ProductCreated), ProductCreated.FINGERPRINT)


def test_a_newer_writer_is_understood_once_its_schema_is_learnt() -> None:
    newer = json.loads(schema_json(ProductOutOfStock.TYPE))
    newer["fields"].append({"name": "remark", "type": "string", "default": ""})
    known_as = fingerprint_of(newer)
    event = example(ProductOutOfStock)
    data = written_with(newer, {**event.to_record(), "remark": "the last one went at noon"})
    with pytest.raises(UnknownSchema):
        ProductOutOfStock.from_bytes(data, known_as)

    learnt = catalogue.learn(json.dumps(newer))

    assert learnt == known_as
    assert schema_by_fingerprint(known_as)["name"] == ProductOutOfStock.TYPE
    assert ProductOutOfStock.from_bytes(data, known_as) == event


def test_an_older_writer_leaves_the_defaults() -> None:
    older = json.loads(schema_json(ProductOutOfStock.TYPE))
    older["fields"] = [field for field in older["fields"] if field["name"] != "sku"]
    event = example(ProductOutOfStock)
    record = {name: value for name, value in event.to_record().items() if name != "sku"}
    known_as = catalogue.learn(json.dumps(older))

    again = ProductOutOfStock.from_bytes(written_with(older, record), known_as)

    assert again.sku == ""
    assert again.variant_id == event.variant_id


def test_a_writer_without_a_required_field_cannot_be_read() -> None:
    odd = json.loads(schema_json(ProductOutOfStock.TYPE))
    odd["fields"] = [field for field in odd["fields"] if field["name"] != "variant_id"]
    record = {name: value for name, value in example(ProductOutOfStock).to_record().items() if name != "variant_id"}
    known_as = catalogue.learn(json.dumps(odd))

    with pytest.raises(UnreadableEvent):
        ProductOutOfStock.from_bytes(written_with(odd, record), known_as)


@pytest.mark.parametrize("text", ["", "{", "5", '"string"', '{"type": "record"}', '{"type": "imagined"}'])
def test_what_is_no_schema_is_not_learnt(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        catalogue.learn(text)
