"""The catalogue for people holds every event, field and topic."""

import json
import re
from dataclasses import fields

import pytest

from shared_contracts.events.catalogue import EVENTS, TOPICS
from shared_contracts.events.event import Event
from shared_contracts.events.golden import example
from shared_contracts.events.json_form import from_json
from shared_contracts.tooling.events_doc import render

PAGE = render()


def section(name: str) -> str:
    return re.split(r"^##+ ", PAGE.split(f"\n### {name}\n")[1], flags=re.MULTILINE)[0]


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.__name__)
def test_an_event_is_told_with_its_fields_and_an_example_that_works(kind: type[Event]) -> None:
    told = section(kind.__name__)
    shown = re.search(r"```json\n(.*?)```", told, re.DOTALL)

    assert kind.TYPE in told
    assert kind.FINGERPRINT in told
    assert all(f"| `{field.name}` |" in told for field in fields(example(kind)))  # type: ignore[arg-type]
    assert shown is not None
    assert from_json(kind, json.loads(shown.group(1))) == example(kind)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_told_with_its_owner(topic: str) -> None:
    assert f"\n## {topic}\n\n{TOPICS[topic].about} Published by {TOPICS[topic].site}; key `" in PAGE


def test_a_nested_record_is_explained_where_it_comes_first() -> None:
    assert PAGE.count("**Price**: What one unit costs in one currency.") == 1
    assert "**Price**: as above." in PAGE


def test_a_field_says_type_default_and_words() -> None:
    row = '| `status` | string | `"draft"` | Whether customers see it. One of `draft`, `active`, `archived`. |'
    assert row in section("ProductCreated")
    assert "| `amount` | decimal(18,4) or null | `null` | The price from now on;" in section("PriceChanged")
    assert "| `category_ids` | list of uuid | `[]` | Categories it stands in. |" in section("ProductCreated")
    assert "| `variant_id` | uuid |  | The variant that tipped it. |" in section("ProductOutOfStock")


def test_links_lead_to_headings() -> None:
    for anchor in re.findall(r"\]\(#([a-z0-9]+)\)", PAGE):
        assert re.search(rf"^### {anchor}$", PAGE, re.MULTILINE | re.IGNORECASE)
