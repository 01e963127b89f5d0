"""What there is, by name, topic and site."""

import json

import pytest

from shared_contracts.events.catalogue import (
    EVENTS,
    TOPICS,
    event_type,
    published_by,
    schema_by_fingerprint,
    schema_json,
)
from shared_contracts.events.codec import UnknownEventType
from shared_contracts.events.event import Event
from shared_contracts.events.golden import example
from shared_contracts.events.schemas import EVENTS_FOLDER, fingerprint_of
from shared_contracts.events.topics import Topic

KINDS = pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.__name__)

SPECIFIED = {
    "coordination": {"ServiceRegistered", "ServiceDeregistered", "ServiceHealthChanged", "ConfigurationUpdated"},
    "catalog": {
        "ProductCreated",
        "ProductUpdated",
        "ProductDeleted",
        "PriceChanged",
        "ProductOutOfStock",
        "ProductBackInStock",
    },
    "inventory": {
        "InventoryReserved",
        "InventoryReleased",
        "InventoryAdjusted",
        "LowStockAlert",
        "InventoryUpdated",
        "InventoryReservationRejected",
    },
    "orders": {
        "OrderCreated",
        "OrderValidated",
        "OrderPaymentProcessed",
        "OrderCancelled",
        "OrderCompleted",
        "OrderRefunded",
        "OrderLinesCancelled",
    },
    "delivery": {"ShipmentDispatched", "ReturnInspected"},
}


@pytest.mark.parametrize("site", SPECIFIED)
def test_every_event_of_the_specification_is_there(site: str) -> None:
    assert {kind.__name__ for kind in published_by(site)} == SPECIFIED[site]


def test_nothing_is_published_by_nobody() -> None:
    assert sum(len(published_by(site)) for site in SPECIFIED) == len(EVENTS)
    assert published_by("notifications") == ()


def test_every_schema_file_has_its_class() -> None:
    assert len(list(EVENTS_FOLDER.glob("*/*.avsc"))) == len(EVENTS)


@KINDS
def test_the_class_says_what_its_schema_says(kind: type[Event]) -> None:
    schema = json.loads(schema_json(kind.TYPE))

    assert f"{schema['namespace']}.{schema['name']}" == kind.TYPE
    assert (schema["topic"], schema["key"]) == (kind.TOPIC, kind.KEY)
    assert event_type(kind.TYPE) is kind


@KINDS
def test_the_aggregate_id_is_the_text_of_the_key(kind: type[Event]) -> None:
    event = example(kind)

    assert event.aggregate_id == str(getattr(event, kind.KEY))


@KINDS
def test_the_fingerprint_leads_to_the_schema(kind: type[Event]) -> None:
    assert fingerprint_of(schema_json(kind.TYPE)) == kind.FINGERPRINT
    assert schema_by_fingerprint(kind.FINGERPRINT)["name"] == kind.TYPE


def test_the_fingerprint_has_the_byte_order_of_the_single_object_encoding() -> None:
    # Java's SchemaNormalization.parsingFingerprint64 of "int" is 7275d51a3f395c8f.
    assert fingerprint_of('"int"') == bytes.fromhex("7275d51a3f395c8f")[::-1].hex()


def test_words_and_defaults_do_not_change_the_fingerprint_but_fields_do() -> None:
    schema = json.loads(schema_json("firstviscount.catalog.v1.ProductOutOfStock"))
    before = fingerprint_of(schema)

    schema["doc"] = schema["fields"][2]["doc"] = "Other words."
    assert fingerprint_of(schema) == before

    schema["fields"][2]["name"] = "label"
    assert fingerprint_of(schema) != before


@pytest.mark.parametrize(
    "name",
    ["firstviscount.catalog.v1.Imagined", "PriceChanged", "", "a.b.c.d", "firstviscount.../../x.v1.y", "a.b.v2.c"],
)
def test_an_unknown_type_is_told_by_its_name(name: str) -> None:
    with pytest.raises(UnknownEventType, match=r"^'"):
        event_type(name)
    with pytest.raises(UnknownEventType):
        schema_json(name)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.name)
def test_a_topic_belongs_to_the_site_it_is_named_after(topic: Topic) -> None:
    assert topic.name.split(".")[0] == topic.site
    assert (topic.partitions, topic.retention_days) == (8, 30)


@pytest.mark.parametrize("topic", TOPICS)
def test_all_events_of_a_topic_share_the_key(topic: str) -> None:
    assert len({kind.KEY for kind in EVENTS.values() if topic == kind.TOPIC}) == 1


def test_the_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        EVENTS["x"] = Event  # type: ignore[index]
