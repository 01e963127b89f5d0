"""The bytes written down once are read, and written, for ever."""

import pytest

from shared_contracts.events.catalogue import EVENTS
from shared_contracts.events.event import Event
from shared_contracts.events.golden import example, golden_bytes, names

EXAMPLES = pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in EVENTS.values() for name in names(kind)],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)


@EXAMPLES
def test_golden_bytes_are_read_as_the_example(kind: type[Event], name: str) -> None:
    assert kind.from_bytes(golden_bytes(kind, name)) == example(kind, name)


@EXAMPLES
def test_the_example_is_written_as_the_golden_bytes(kind: type[Event], name: str) -> None:
    assert example(kind, name).to_bytes() == golden_bytes(kind, name)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.__name__)
def test_every_event_has_a_minimal_and_a_full_example(kind: type[Event]) -> None:
    assert {"minimal", "full"} <= set(names(kind))


def test_all_examples_of_an_order_tell_of_the_same_order() -> None:
    orders = {example(kind).aggregate_id for kind in EVENTS.values() if kind.TOPIC == "orders.order"}

    assert orders == {"019aa000-0000-7000-8000-000000000200"}


def test_an_example_nobody_wrote_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        golden_bytes(EVENTS["firstviscount.catalog.v1.PriceChanged"], "imagined")
