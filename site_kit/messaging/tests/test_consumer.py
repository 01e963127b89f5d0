"""Tests of the consumer process against a real broker."""

import json
from uuid import UUID, uuid4

import pytest
from confluent_kafka import KafkaException, Producer
from confluent_kafka.cimpl import NewTopic
from django.db import connection, transaction

from site_kit.messaging import parked
from site_kit.messaging.configuration import configuration
from site_kit.messaging.consumer import EventConsumer
from site_kit.messaging.emit import emit, emit_many
from site_kit.messaging.envelope import prefix_for
from site_kit.messaging.models import ConsumedTopic, ConsumerOffset, StalledKey, StalledMessage
from site_kit.messaging.producer import drop_sender
from site_kit.messaging.registry import registry, subject_of
from site_kit.messaging.relay import End, drain
from site_kit.messaging.testing import record_for
from site_kit.messaging.tests.shop.events import ItemRenamed, StockCounted, fingerprint_of
from site_kit.messaging.tests.shop.models import Effect
from site_kit.messaging.tests.waiting import eventually
from site_kit.messaging.topics import admin_client

pytestmark = pytest.mark.django_db(transaction=True)
ITEM = UUID("00000000-0000-4000-8000-000000000001")


def test_what_one_site_tells_another_hears(listening: EventConsumer) -> None:
    items = [uuid4() for _ in range(20)]
    with transaction.atomic():
        emit_many([StockCounted(item, units) for units in range(50) for item in items])
        emit(ItemRenamed(items[0], "jug"))

    drain()
    eventually(lambda: Effect.objects.count() == 1001)

    for item in items:
        versions = list(Effect.objects.filter(item_id=item).order_by("id").values_list("version", flat=True))
        assert versions == list(range(1, len(versions) + 1))
    read = ConsumerOffset.objects.filter(topic="shop.item").values_list("next_offset", flat=True)
    assert sum(read) == 1001
    assert ConsumedTopic.objects.get(topic="shop.item").is_present


def produce(topic: str, *records: tuple[bytes | None, bytes | None, list[tuple[str, str | bytes | None]]]) -> None:
    """Put records on a topic as some stranger would."""
    producer = Producer({"bootstrap.servers": configuration().bootstrap_servers, "partitioner": "murmur2_random"})
    for key, value, headers in records:
        producer.produce(configuration().on_broker(topic), value, key, headers=headers)
    assert producer.flush(10) == 0


def tell(*events: StockCounted | ItemRenamed) -> None:
    with transaction.atomic():
        emit_many(events)
    assert drain().sent == len(events)


def test_foreign_bytes_are_parked_under_their_key_and_all_others_go_on(listening: EventConsumer) -> None:
    other = uuid4()
    produce("shop.item", (str(ITEM).encode(), b"\xff\xfe", []), (None, None, []), (b"\xff", b"{}", [("ce_id", b"1")]))
    tell(StockCounted(ITEM, 1), StockCounted(other, 1))

    eventually(lambda: Effect.objects.filter(item_id=other).exists())
    eventually(lambda: StalledMessage.objects.count() == 4)

    assert set(StalledKey.objects.values_list("state", "reason")) == {("parked", "undecodable")}
    [key] = StalledKey.objects.filter(aggregate_id=ITEM)
    parked.skip(key_ids=[key.pk], why="somebody's test")
    assert list(Effect.objects.filter(item_id=ITEM).values_list("version", flat=True)) == [1]


def test_a_topic_that_is_made_later_is_read_from_its_first_record(
    registered: None, topics: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete_topic(f"{topics}shop.item")
    listening: EventConsumer = request.getfixturevalue("listening")
    eventually(lambda: ConsumedTopic.objects.filter(topic="shop.item", is_present=False).exists())

    make_topic(f"{topics}shop.item")
    drop_sender()
    with transaction.atomic():
        emit(StockCounted(ITEM, 1))
    eventually(lambda: drain().sent == 1)
    listening.look_at_topics()

    eventually(lambda: Effect.objects.count() == 1)
    assert ConsumedTopic.objects.get(topic="shop.item").is_present


def test_a_topic_that_is_made_anew_is_read_from_its_first_record_with_an_alarm(
    listening: EventConsumer, topics: str
) -> None:
    tell(*[StockCounted(ITEM, units) for units in range(5)])
    eventually(lambda: Effect.objects.count() == 5)
    listening.look_at_topics()
    eventually(lambda: ConsumedTopic.objects.exclude(broker_topic_id="").count() == 2)

    delete_topic(f"{topics}shop.item")
    make_topic(f"{topics}shop.item")
    drop_sender()
    with transaction.atomic():
        emit(StockCounted(ITEM, 5))
    eventually(lambda: drain().sent == 1)
    listening.look_at_topics()

    eventually(lambda: Effect.objects.count() == 6, within_s=30)
    assert "made anew" in ConsumedTopic.objects.get(topic="shop.item").alarm
    assert list(Effect.objects.order_by("id").values_list("version", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert not StalledKey.objects.exists()


def test_an_offset_beyond_the_end_alarms_and_what_is_there_is_read(
    registered: None, request: pytest.FixtureRequest
) -> None:
    for number in range(8):
        ConsumerOffset.objects.create(topic="shop.item", partition_number=number, next_offset=1_000)
    tell(StockCounted(ITEM, 1), StockCounted(ITEM, 2))

    request.getfixturevalue("listening")

    eventually(lambda: Effect.objects.count() == 2, within_s=30)
    assert "beyond the end" in ConsumedTopic.objects.get(topic="shop.item").alarm


def test_a_writer_newer_than_this_site_is_read_with_the_schema_the_registry_has(listening: EventConsumer) -> None:
    newer = {
        **StockCounted.SCHEMA,
        "fields": [*StockCounted.SCHEMA["fields"], {"name": f"extra_{uuid4().hex}", "type": "string", "default": ""}],
    }
    subject = subject_of(StockCounted.TOPIC, StockCounted.TYPE)
    registry_id = registry().register(subject, json.dumps(newer))
    record = record_for(StockCounted(ITEM, 1), version=1)
    headers = [(name, fingerprint_of(newer) if name == "ce_schemafp" else value) for name, value in record.headers]
    value = prefix_for(registry_id) + StockCounted(ITEM, 7).to_bytes() + b"\x06new"

    produce("shop.item", (record.key, value, headers))

    eventually(lambda: Effect.objects.exists())
    assert list(Effect.objects.values_list("units", flat=True)) == [7]


def test_sessions_ended_by_the_database_in_flight_cost_nothing(listening: EventConsumer, committed: str) -> None:
    items = [uuid4() for _ in range(10)]
    for turn in range(6):
        with transaction.atomic():
            emit_many([StockCounted(item, turn) for item in items])
        eventually(lambda: drain().end is End.EMPTY)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [committed],
            )

    eventually(lambda: Effect.objects.count() == 60, within_s=30)
    assert not StalledKey.objects.exists()
    for item in items:
        assert list(Effect.objects.filter(item_id=item).order_by("id").values_list("version", flat=True)) == [
            *range(1, 7)
        ]


def make_topic(name: str) -> None:
    """Make a topic, as soon as the broker has forgotten one of that name."""
    admin = admin_client(configuration())

    def made() -> bool:
        try:
            admin.create_topics([NewTopic(name, 8, 1)])[name].result(10)
        except KafkaException:
            return False
        return True

    eventually(made)


def delete_topic(name: str) -> None:
    """Delete a topic and wait until it is gone."""
    admin = admin_client(configuration())
    admin.delete_topics([name])[name].result(10)
    eventually(lambda: name not in admin.list_topics(timeout=5).topics)
