"""Golden examples of every event: `minimal` (what is required), `full`, some more, and the bytes they have for ever.

All examples belong to one story (one product, one order, one shipment), so that they can be played in a row.
"""

import json
from functools import cache
from typing import TypeVar

from shared_contracts.events.event import Event
from shared_contracts.events.json_form import from_json
from shared_contracts.events.schemas import schema_file

E = TypeVar("E", bound=Event)


def names(kind: type[Event]) -> tuple[str, ...]:
    """What the examples of an event are called; `minimal` and `full` are always among them."""
    return tuple(_lines(kind.TYPE))


def example(kind: type[E], which: str = "full") -> E:
    """An example as an event."""
    examples = json.loads(schema_file(kind.TYPE).with_suffix(".examples.json").read_text(encoding="utf-8"))
    return from_json(kind, examples[which])


def golden_bytes(kind: type[Event], which: str = "full") -> bytes:
    """The bytes of that example as they were written down."""
    return _lines(kind.TYPE)[which]


@cache
def _lines(type_name: str) -> dict[str, bytes]:
    return parse_golden(schema_file(type_name).with_suffix(".golden.hex").read_text(encoding="ascii"))


def parse_golden(text: str) -> dict[str, bytes]:
    """The content of a `.golden.hex` file: a name and hexadecimal bytes on each line."""
    return {name: bytes.fromhex(digits) for name, digits in (line.split() for line in text.splitlines())}
