"""Tests of topics and schemas against a real broker and registry."""

import json

import pytest
from confluent_kafka.admin import AdminClient

from site_kit.messaging.configuration import configuration
from site_kit.messaging.models import SchemaRegistration
from site_kit.messaging.publishing import is_published, publish_contracts
from site_kit.messaging.registry import registry
from site_kit.messaging.tests.shop.events import ALL, StockCounted, fingerprint_of

pytestmark = pytest.mark.django_db


def test_topics_are_made_and_schemas_registered_once_however_often_it_runs(topics: str) -> None:
    assert not is_published()

    first, second = publish_contracts(), publish_contracts()

    assert first.problems == second.problems == []
    assert sorted(first.topics) == [f"{topics}shop.basket", f"{topics}shop.item"]
    assert first.schemas == second.schemas
    assert first.schemas.keys() == {event.TYPE for event in ALL}
    assert is_published()
    kept = SchemaRegistration.objects.get(subject=f"{topics}shop.item-{StockCounted.TYPE}")
    assert (kept.fingerprint, kept.registry_id) == (StockCounted.FINGERPRINT, first.schemas[StockCounted.TYPE])
    text = registry().schema_text(kept.registry_id)
    assert fingerprint_of(json.loads(text)) == StockCounted.FINGERPRINT
    there = AdminClient({"bootstrap.servers": configuration().bootstrap_servers}).list_topics(timeout=5).topics
    assert len(there[f"{topics}shop.item"].partitions) == 8
