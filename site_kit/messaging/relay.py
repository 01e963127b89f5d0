"""The relay: what is in the outbox goes to the broker, in order per stream, at least once.

No cursor, no status, no attempts: pending is what has a pointer, and a pointer goes when the broker has
acknowledged. Whoever dies in between leaves the pointer, and the event is sent again.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import structlog
from django.db import transaction

from site_kit.messaging import clock, outbox
from site_kit.messaging.breaker import Breaker
from site_kit.messaging.configuration import Configuration, configuration
from site_kit.messaging.crash_points import reached
from site_kit.messaging.envelope import headers_for, prefix_for
from site_kit.messaging.event_log import Stream
from site_kit.messaging.metrics import count_relayed
from site_kit.messaging.outbox import Claimed
from site_kit.messaging.producer import (
    Acknowledged,
    BrokerAway,
    Delivery,
    Outgoing,
    Refused,
    Sender,
    TopicAbsent,
    drop_sender,
    sender,
)
from site_kit.messaging.registrations import Registrations

log = structlog.get_logger(__name__)

BATCH = 2_000
FLUSH_S = 8.0
_one_at_a_time = threading.Lock()
_registrations = Registrations()
_told_held: set[str] = set()
_broker = Breaker(rest_s=0.5, longest_rest_s=5.0)


class End(StrEnum):
    """Why a drain ended."""

    EMPTY = "empty"
    TAKEN = "taken"
    BROKER_AWAY = "broker away"
    BUDGET = "time is up"


@dataclass(slots=True)
class Drained:
    """What a drain did: events sent, why it ended, topics whose events have to wait and why."""

    sent: int = 0
    end: End = End.EMPTY
    held: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Settled:
    """What to do with the pointers of a batch."""

    acknowledged: list[Claimed] = field(default_factory=list)
    refused: dict[Stream, str] = field(default_factory=dict)
    absent_topics: set[str] = field(default_factory=set)
    lost: bool = False


def drain(*, budget_s: float = 10.0) -> Drained:
    """Send pending events until there are none, somebody else is at it, the broker is away, or time is up.

    Safe to repeat, to run twice at once and to kill at any point. Raises what an outage of the database raises.
    """
    drained = Drained()
    if not _one_at_a_time.acquire(blocking=False):
        drained.end = End.TAKEN
        return drained
    try:
        _drain(drained, clock.elapsed_s() + budget_s)
    except BrokerAway as fault:
        _broker.failed()
        drop_sender()
        drained.end = End.BROKER_AWAY
        log.warning("broker_away", fault=str(fault))
    finally:
        _one_at_a_time.release()
    _tell_what_is_held(drained.held)
    return drained


def _tell_what_is_held(held: dict[str, str]) -> None:
    for topic in held.keys() - _told_held:
        log.error("topic_held", topic=topic, why=held[topic])
    _told_held.clear()
    _told_held.update(held)


def _drain(drained: Drained, deadline_s: float) -> None:
    while outbox.has_pending(drained.held):
        if _broker.is_open:
            drained.end = End.BROKER_AWAY
            return
        if clock.elapsed_s() > deadline_s:
            drained.end = End.BUDGET
            return
        if not _send_batch(drained):
            drained.end = End.TAKEN
            return
    drained.end = End.EMPTY


def _send_batch(drained: Drained) -> bool:
    with transaction.atomic(durable=True):
        if not outbox.lock_relay():
            return False
        batch = outbox.claim(BATCH, drained.held)
        reached("relay.after_claim")
        settled = _send(batch, drained.held)
        reached("relay.after_flush")
        outbox.forget([event.id for event in settled.acknowledged])
        _set_aside(batch, settled.refused)
        reached("relay.after_delete")
    reached("relay.after_commit")
    _broker.worked()
    drained.sent += len(settled.acknowledged)
    count_relayed(settled.acknowledged)
    if settled.lost:
        raise BrokerAway("not everything was acknowledged in time")
    return True


def _send(batch: Sequence[Claimed], held: dict[str, str]) -> Settled:
    to = sender()
    prefixes = _prefixes(batch, held, to)
    sendable = [event for event in batch if event.topic not in held and not event.set_aside]
    settings = configuration()
    records = [_record(event, prefixes[event.topic, event.type, event.schema_fp], settings) for event in sendable]
    deliveries = to.send(records, timeout_s=FLUSH_S)
    if any(isinstance(delivery, Refused) for delivery in deliveries):
        deliveries = _one_by_one(sendable, records, deliveries, to)
    settled = settle(sendable, deliveries)
    for topic in settled.absent_topics:
        held[topic] = "the broker does not have it"
        to.forget_topics()
    return settled


def _prefixes(batch: Iterable[Claimed], held: dict[str, str], to: Sender) -> dict[tuple[str, str, str], bytes]:
    """The bytes before each kind of event. What cannot be sent yet holds its whole topic, not single events:
    what comes later on the same stream must not overtake.
    """
    prefixes = {}
    for topic, type_name, schema_fp in {(event.topic, event.type, event.schema_fp) for event in batch}:
        if not to.has_topic(configuration().on_broker(topic)):
            held[topic] = "the broker does not have it"
            continue
        registry_id = _registrations.id_of(topic, type_name, schema_fp)
        if registry_id is None:
            held[topic] = f"the registry id of {type_name} {schema_fp} is unknown"
        else:
            prefixes[topic, type_name, schema_fp] = prefix_for(registry_id)
    return prefixes


def _record(event: Claimed, prefix: bytes, settings: Configuration) -> Outgoing:
    return Outgoing(
        settings.on_broker(event.topic),
        event.aggregate_id,
        prefix + event.data,
        headers_for(event, source=settings.source, subject=event.aggregate_id),
    )


def _one_by_one(
    batch: Sequence[Claimed], records: Sequence[Outgoing], deliveries: Sequence[Delivery], to: Sender
) -> list[Delivery]:
    """Ask again for every refused event alone: the broker refuses a whole packet for one record in it."""
    answers = list(deliveries)
    stopped: set[Stream] = set()
    for position, event in enumerate(batch):
        if not isinstance(answers[position], Refused) or event.stream in stopped:
            continue
        [answers[position]] = to.send([records[position]], timeout_s=FLUSH_S / 4)
        if not isinstance(answers[position], Acknowledged):
            stopped.add(event.stream)
    return answers


def settle(batch: Sequence[Claimed], deliveries: Sequence[Delivery]) -> Settled:
    """Read the broker's answers: per stream, only what was acknowledged before anything that was not is done."""
    settled = Settled()
    stopped: set[Stream] = set()
    for event, delivery in zip(batch, deliveries, strict=True):
        if event.stream in stopped:
            continue
        if isinstance(delivery, Acknowledged):
            settled.acknowledged.append(event)
            continue
        stopped.add(event.stream)
        match delivery:
            case Refused():
                settled.refused[event.stream] = str(delivery)
            case TopicAbsent():
                settled.absent_topics.add(event.topic)
            case None:
                settled.lost = True
    return settled


def _set_aside(batch: Sequence[Claimed], refused: dict[Stream, str]) -> None:
    """Take the pointers of refused streams, and those behind them, out of the way."""
    for event in batch:
        if event.set_aside:
            refused.setdefault(event.stream, "stands behind an event the broker refused")
    for stream, error in sorted(refused.items()):
        outbox.set_aside(stream, [event.id for event in batch if event.stream == stream], error)
        log.error("event_refused_by_broker", topic=stream.topic, aggregate_id=stream.aggregate_id, error=error)
