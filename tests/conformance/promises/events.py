"""What lies on the broker after a write: to the letter what shared_contracts/delivery.md says."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import requests

from shared_contracts.events.catalogue import TOPICS, published_by, schema_json
from shared_contracts.events.schemas import fingerprint_of
from tests.conformance.promises.registry import promised
from tests.conformance.running.broker import Told
from tests.conformance.running.murmur2 import partition_of
from tests.conformance.running.started_site import WEB, WORKER, StartedSite
from tests.conformance.running.waiting import until

RELAYING = (WEB, WORKER)
ALWAYS = {
    "content-type",
    "ce_specversion",
    "ce_id",
    "ce_source",
    "ce_type",
    "ce_subject",
    "ce_time",
    "ce_sequence",
    "ce_correlationid",
    "ce_schemafp",
}
SOMETIMES = {"ce_causationid", "traceparent"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LOGGED = (
    "SELECT version, event_id::text, type, data FROM messaging_event WHERE topic = %s AND aggregate_id = %s ORDER BY id"
)


@promised(needs=RELAYING)
def event_headers(site: StartedSite) -> None:
    """Every header that is promised, once, as it is promised; none besides."""
    began = datetime.now(UTC) - timedelta(seconds=1)
    reply = site.client().send(site.keyed(site.plan.writing(site)).plus(traceparent=TRACE))
    stream = site.plan.spoke_on(reply)

    for told in site.broker.arrived(stream.topic, stream.key):
        names = [name for name, _ in told.headers]
        assert len(names) == len(set(names)), names
        assert set(names) == ALWAYS | {"traceparent"}, names
        assert told["content-type"] == "application/avro"
        assert told["ce_specversion"] == "1.0"
        assert told["ce_source"] == f"/{site.plan.site}"
        assert told["ce_subject"] == stream.key
        assert told["traceparent"] == TRACE
        assert UUID(told["ce_id"]).version == 7
        assert TIME.fullmatch(told["ce_time"]), told["ce_time"]
        assert began < datetime.fromisoformat(told["ce_time"]) < datetime.now(UTC)
        assert told["ce_type"] in {kind.TYPE for kind in published_by(site.plan.site)}
        assert told["ce_schemafp"] == fingerprint_of(schema_json(told["ce_type"]))


@promised(needs=RELAYING)
def event_key_is_the_aggregate(site: StartedSite) -> None:
    """The record's key is the aggregate's id, as the event itself names it."""
    for told in _told_by_a_write(site):
        assert told.key.decode() == told.event.aggregate_id


@promised(needs=RELAYING)
def event_partition_follows_the_key(site: StartedSite) -> None:
    """A key's partition is murmur2 of it, as in any other client: it never moves."""
    for _ in range(4):
        for told in _told_by_a_write(site):
            assert told.partition == partition_of(told.key, TOPICS[_topic(site, told)].partitions)


@promised(needs=RELAYING)
def event_sequence_is_contiguous(site: StartedSite) -> None:
    """The facts of one aggregate are numbered from 1 without a hole, in the order in which they happened."""
    reply = site.written(site.plan.writing(site))
    stream = site.plan.spoke_on(reply)
    for _ in range(3):
        reply = site.written(site.plan.again(reply))
    logged = site.rows(LOGGED, stream.topic, stream.key)

    told = site.broker.arrived(stream.topic, stream.key, at_least=len(logged))

    first_arrivals = {record["ce_id"]: record for record in reversed(told)}
    assert sorted({record.sequence for record in told}) == list(range(1, len(logged) + 1))
    assert {(r.sequence, r["ce_id"], r["ce_type"]) for r in first_arrivals.values()} == {row[:3] for row in logged}
    assert [record.sequence for record in told] == sorted(record.sequence for record in told)


@promised(needs=RELAYING)
def event_wire_format(site: StartedSite) -> None:
    """Confluent's framing around bare Avro; the number in it leads to the writer's schema in the registry."""
    reply = site.written(site.plan.writing(site))
    stream = site.plan.spoke_on(reply)
    logged = {row[1]: bytes(row[3]) for row in site.rows(LOGGED, stream.topic, stream.key)}

    for told in site.broker.arrived(stream.topic, stream.key):
        assert told.value[0] == 0
        number = int.from_bytes(told.value[1:5], "big")
        schema = requests.get(f"{site.behind.registry}/schemas/ids/{number}", timeout=10).json()["schema"]
        assert fingerprint_of(schema) == told["ce_schemafp"]
        assert told.value[5:] == logged[told["ce_id"]]
        assert told.event.to_bytes() == told.value[5:]


@promised(needs=(WORKER,))
def topics_as_promised(site: StartedSite) -> None:
    """The owner's worker makes its topics: 8 partitions, 30 days, nothing compacted away."""
    own = {topic.name for topic in TOPICS.values() if topic.site == site.plan.site}

    until(lambda: own <= set(site.broker.topics()), within_s=30, what=f"topics {sorted(own)}")

    for name in own:
        assert site.broker.topics()[name] == TOPICS[name].partitions == 8
        settings = site.broker.settings_of(name)
        assert settings["retention.ms"] == str(30 * 24 * 3600 * 1000)
        assert settings["cleanup.policy"] == "delete"


@promised(needs=(WORKER,))
def schemas_registered(site: StartedSite) -> None:
    """Every schema under its topic and record name, guarded against changes that an older or newer reader minds."""
    for kind in published_by(site.plan.site):
        subject = f"{site.broker.prefix}{kind.TOPIC}-{kind.TYPE}"
        url = f"{site.behind.registry}/subjects/{subject}/versions/latest"
        until(lambda url=url: requests.get(url, timeout=10).status_code == 200, within_s=30, what=subject)  # type: ignore[misc]
        assert fingerprint_of(requests.get(url, timeout=10).json()["schema"]) == kind.FINGERPRINT
        guard = f"{site.behind.registry}/config/{subject}"
        until(lambda url=guard: _guarded(url), within_s=10, what=f"FULL_TRANSITIVE for {subject}")  # type: ignore[misc]


def _guarded(url: str) -> bool:
    return bool(requests.get(url, timeout=10).json().get("compatibilityLevel") == "FULL_TRANSITIVE")


def _told_by_a_write(site: StartedSite) -> list[Told]:
    stream = site.plan.spoke_on(site.written(site.plan.writing(site)))
    count = len(site.rows(LOGGED, stream.topic, stream.key))
    return until(
        lambda: [one for one in site.broker.told(stream.topic) if stream.key in (one.key.decode(), one["ce_subject"])],
        within_s=20,
        what=f"{count} records of {stream.key}",
    )


def _topic(site: StartedSite, told: Told) -> str:
    return told.topic.removeprefix(site.broker.prefix)
