"""The toy shop's catalogue, shaped as the bridge expects."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastavro.schema import parse_schema

from site_kit.messaging.tests.shop import events


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    site: str = "shop"
    partitions: int = 8
    retention_days: int = 30


EVENTS: Mapping[str, type[Any]] = {event.TYPE: event for event in events.ALL}
TOPICS = {name: Topic(name) for name in ("shop.item", "shop.basket")}


def published_by(site: str) -> tuple[type[Any], ...]:
    return events.ALL if site == "shop" else ()


def schema_json(type_name: str) -> str:
    return events.schema_text(EVENTS[type_name])


def schema_by_fingerprint(fingerprint: str) -> Any:
    return events.WRITERS[fingerprint]


def learn(text: str) -> str:
    known_as = events.fingerprint_of(json.loads(text))
    events.WRITERS.setdefault(known_as, parse_schema(json.loads(text)))
    return known_as
