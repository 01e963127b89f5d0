"""Promises of the bridge: what is told, and what is heard."""

import random
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from tests.conformance.sabotage.entries import breaks, replaced

# told


@breaks("request_id_travels")
def forget_the_request() -> None:
    """Events get a correlation id of their own."""
    from site_kit.messaging import emit
    from site_kit.messaging.causes import context_of

    replaced(emit, "context_of", lambda event: replace(context_of(event), correlation_id=str(uuid4())))


@breaks("cause_travels")
def forget_the_cause() -> None:
    """What a handler says has no cause."""
    from site_kit.messaging.inbox import handling

    usual = handling._context
    replaced(handling, "_context", lambda arrival: replace(usual(arrival), causation_id=None))


@breaks("writes_wait_for_nobody")
def ask_the_broker_after_each_commit() -> None:
    """A write ends when the broker was asked whether it is there."""
    from site_kit.messaging import emit
    from site_kit.messaging.producer import BrokerAway, sender

    def ask() -> None:
        with suppress(BrokerAway):
            sender().has_topic("nobody's topic")

    replaced(emit, "waker", SimpleNamespace(nudge=ask))


@breaks("relay_drains_without_valkey")
def have_no_spare_relay() -> None:
    """Only the worker relays."""
    from site_kit.messaging import consumer

    replaced(consumer, "relay_if_needed", lambda: 0)


@breaks("everything_is_told_after_an_outage")
def give_up_on_the_broker() -> None:
    """A broker that did not answer once is not asked again for an hour."""
    from site_kit.messaging import relay
    from site_kit.messaging.breaker import Breaker

    replaced(relay, "_broker", Breaker(rest_s=3600, longest_rest_s=3600))


@breaks("contracts_published_when_possible")
def publish_nothing() -> None:
    """Topics and schemas are somebody else's work."""
    _unpublished()


@breaks("schemas_registered")
def register_by_topic_alone() -> None:
    """Subjects as other platforms have them."""
    from site_kit.messaging import publishing, registrations

    for module in (publishing, registrations):
        replaced(module, "subject_of", lambda topic, type_name: f"{topic}-value-{type_name}")


@breaks("topics_as_promised")
def make_small_topics() -> None:
    """Three partitions are enough for now."""
    from confluent_kafka.cimpl import NewTopic

    from site_kit.messaging import publishing

    replaced(publishing, "_new_topic", lambda name, plan: NewTopic(name, num_partitions=3))


@breaks("event_headers")
def leave_a_header_out() -> None:
    """Nobody needs the source."""
    _with_headers(lambda headers: [header for header in headers if header[0] != "ce_source"])


@breaks("event_sequence_is_contiguous")
def number_in_steps_of_two() -> None:
    """Versions are twice what they are."""

    def doubled(name: str, value: Any) -> tuple[str, Any]:
        return (name, str(int(value) * 2)) if name == "ce_sequence" else (name, value)

    _with_headers(lambda headers: [doubled(*header) for header in headers])


@breaks("event_key_is_the_aggregate")
def use_any_key() -> None:
    """Keys are drawn."""
    from site_kit.messaging import relay

    usual = relay._record
    replaced(relay, "_record", lambda *given: usual(*given)._replace(key=str(uuid4())))


@breaks("event_partition_follows_the_key")
def spread_evenly() -> None:
    """Partitions are drawn."""
    from site_kit.messaging import producer

    usual = producer.producer_settings
    drawn = random.choice(["random", "fnv1a_random"])
    replaced(producer, "producer_settings", lambda settings: {**usual(settings), "partitioner": drawn})


@breaks("event_wire_format")
def frame_without_a_number() -> None:
    """The five bytes lead nowhere."""
    from site_kit.messaging import relay

    replaced(relay, "prefix_for", lambda registry_id: b"\0\x7f\xff\xff\xff")


@breaks("event_log_is_chained")
def seal_nothing() -> None:
    """Every hash is the same."""
    from site_kit.messaging import log_writer

    replaced(log_writer, "hash_of", lambda *given, **named: b"sealed")


# heard


@breaks("absent_topics_are_no_fault")
def see_no_absence() -> None:
    """Topics that are not there are not noted."""
    from site_kit.messaging.topic_watch import TopicWatch

    replaced(TopicWatch, "_note_absent", lambda watch, absent: None)


@breaks("duplicates_are_dropped")
def know_nothing() -> None:
    """Whatever comes is new."""
    from site_kit.messaging.inbox import receive

    usual = receive._known

    def fresh(unread: Any, now: Any) -> Any:
        known = usual(unread, now)
        ids = {arrival.envelope.event_id for arrival in unread if arrival.envelope}
        return replace(known, new_ids=ids, versions={})

    replaced(receive, "_known", fresh)


@breaks("late_repetitions_are_dropped")
def know_no_age() -> None:
    """A forgotten id is a new one."""
    from site_kit.messaging.inbox import decisions

    replaced(decisions, "is_late_duplicate", lambda arrival, last, now: False)


@breaks("gaps_wait")
def jump_over_gaps() -> None:
    """A missing version is not missed."""
    _without_reason("gap")


@breaks("poison_stops_one_key")
def pass_over_poison() -> None:
    """What cannot be read is left out."""
    _without_reason("undecodable")


@breaks("forks_are_parked")
def follow_any_fork() -> None:
    """The newest history is the true one."""
    _without_reason("fork")


def _unpublished() -> None:
    from site_kit.messaging import publishing, tasks

    replaced(tasks, "publishing", SimpleNamespace(is_published=lambda: True, publish_contracts=publishing.own_topics))


def _with_headers(change: Any) -> None:
    from site_kit.messaging import relay
    from site_kit.messaging.envelope import headers_for

    replaced(relay, "headers_for", lambda *given, **named: change(headers_for(*given, **named)))


def _without_reason(reason: str) -> None:
    from site_kit.messaging.inbox import decisions, line

    usual = decisions.obstacle

    def kept(arrival: Any, last: int | None) -> Any:
        cause = usual(arrival, last)
        return None if cause is not None and cause.reason == reason else cause

    for module in (decisions, line):
        replaced(module, "obstacle", kept)
