"""Hypothesis strategies for every event, made from its schema."""

import functools
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from shared_contracts.events.event import Event
from shared_contracts.events.schemas import schema_file
from shared_contracts.tooling.shapes import EventSchema, Field, Record, Type, read_schema

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-8))])
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES)  # noqa: DTZ001 - zones are drawn
AMOUNTS = st.integers(-(10**18) + 1, 10**18 - 1).map(lambda unscaled: Decimal(unscaled).scaleb(-4))

_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "uuid": st.uuids(),
    "whole": st.integers(-(2**63), 2**63 - 1),
    "truth": st.booleans(),
    "blob": st.binary(max_size=40),
    "money": AMOUNTS,
    "moment": MOMENTS,
}
_FORMATS = {
    "currency": st.from_regex("[A-Z]{3}", fullmatch=True),
    "code": st.from_regex("[a-z][a-z0-9_]{0,20}", fullmatch=True),
}


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Any valid event of this class; optional fields are sometimes left out."""
    schema = read_schema(schema_file(kind.TYPE))
    return _part(schema, schema.record, kind)


def _part(schema: EventSchema, record: Record, kind: type[Any]) -> st.SearchStrategy[Any]:
    required = {field.name: _field(schema, field, kind) for field in record.fields if field.required}
    optional = {field.name: _field(schema, field, kind) for field in record.fields if not field.required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: kind(**given))


def _field(schema: EventSchema, field: Field, kind: type[Any]) -> st.SearchStrategy[Any]:
    if field.one_of:
        return st.sampled_from(field.one_of)
    return _FORMATS[field.format] if field.format else _value(schema, field.type, kind)


def _value(schema: EventSchema, of: Type, kind: type[Any]) -> st.SearchStrategy[Any]:
    if of.item:
        return st.lists(_value(schema, of.item, kind), max_size=3).map(tuple)
    drawn = _record(schema, of.record, kind) if of.record else _PLAIN[of.kind]
    return st.none() | drawn if of.nullable else drawn


def _record(schema: EventSchema, name: str, kind: type[Any]) -> st.SearchStrategy[Any]:
    part = next(part for part in schema.parts if part.name == name)
    return _part(schema, part, _class(kind.__module__, name))


@functools.cache
def _class(module: str, name: str) -> type[Any]:
    found: type[Any] = getattr(__import__(module, fromlist=[name]), name)
    return found
