"""Whatever a valid event holds comes back, and the bytes are those any Avro writer would make."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from fastavro import schemaless_writer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared_contracts.events.catalog.v1 import PriceChanged
from shared_contracts.events.catalogue import EVENTS
from shared_contracts.events.event import Event
from shared_contracts.events.golden import example
from shared_contracts.events.json_form import from_json, record_from_json, to_json
from shared_contracts.events.schemas import schema_of
from shared_contracts.tests.drawn_events import events

KINDS = pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.__name__)
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@KINDS
@SOME
@given(data=st.data())
def test_an_event_survives_its_bytes(kind: type[Event], data: Any) -> None:
    event = data.draw(events(kind))

    again = kind.from_bytes(event.to_bytes())

    assert again == event
    assert again.to_bytes() == event.to_bytes()


@KINDS
@SOME
@given(data=st.data())
def test_an_event_survives_its_json(kind: type[Event], data: Any) -> None:
    event = data.draw(events(kind))

    assert from_json(kind, to_json(event)) == event


@KINDS
@SOME
@given(data=st.data())
def test_the_bytes_are_those_of_a_plain_avro_writer(kind: type[Event], data: Any) -> None:
    event = data.draw(events(kind))
    plain = BytesIO()

    schemaless_writer(plain, schema_of(kind.TYPE), record_from_json(schema_of(kind.TYPE), to_json(event)))

    assert event.to_bytes() == plain.getvalue()


@KINDS
def test_an_event_is_a_value(kind: type[Event]) -> None:
    event = example(kind)

    assert event == example(kind)
    assert hash(event) == hash(example(kind))
    assert not hasattr(event, "__dict__")


def test_another_field_makes_another_event() -> None:
    event = example(PriceChanged)

    assert replace(event, sku="OTHER") != event
