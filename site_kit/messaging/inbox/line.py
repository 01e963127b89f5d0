"""Work through the messages that stand in line behind a stalled key, one transaction each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet

from site_kit.messaging import clock
from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox import ledger, stalls
from site_kit.messaging.inbox.arrivals import Arrival, listening, read
from site_kit.messaging.inbox.causes_of_stalling import Cause, Reason, State, cause_of
from site_kit.messaging.inbox.decisions import Memory, is_late_duplicate, obstacle
from site_kit.messaging.inbox.faults import Kind, kind_of
from site_kit.messaging.inbox.handling import handle
from site_kit.messaging.inbox.receive import ALONE
from site_kit.messaging.metrics import count_from_line
from site_kit.messaging.models import StalledKey, StalledMessage

log = structlog.get_logger(__name__)

PATIENCE = timedelta(minutes=10)
_UNTROUBLED = Cause(Reason.LINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a line came: messages handled, messages left, and what stopped it (None: nothing, the key is free)."""

    handled: int
    left: int
    cause: Cause | None = None


class Stopped(Exception):  # noqa: N818 - carries a cause, is not an error
    """The first in line cannot be handled now."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.error)
        self.cause = cause


def stream_of(key: StalledKey) -> Stream:
    return Stream(key.topic, key.aggregate_id)


def advance(key_id: int, *, accept_fork: bool = False) -> Outcome:
    """Handle the line of a key until it is empty or something stops it; the key is freed or says why not.

    `accept_fork`: somebody decided that the first message is to be handled although its version was seen.
    Safe to repeat and to run twice at once: the second finds the key taken and leaves it. Raises what an outage raises.
    """
    handled = 0
    try:
        while step(key_id, accept_fork=accept_fork and handled == 0):
            handled += 1
    except Exception as fault:  # the edge of the loop: what a handler may raise is not known here
        cause = fault.cause if isinstance(fault, Stopped) else cause_of(fault)
        if kind_of(fault) is Kind.OUTAGE or not stalls.database_answers():
            raise
        stop(key_id, cause)
        return Outcome(handled, _waiting_in(key_id), cause)
    return Outcome(handled, _waiting_in(key_id))


def step(key_id: int, *, accept_fork: bool = False) -> bool:
    """Handle the first in line in one transaction; False when there is none any more, or somebody else is at it.

    Raises Stopped, or what the handler raises; nothing is changed then.
    """
    with transaction.atomic():
        ledger.set_limits(statement_s=ALONE.statement_s, lock_s=ALONE.lock_s)
        key = StalledKey.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=key_id).first()
        if key is None:
            return False
        if _handle_first(key, accept_fork=accept_fork):
            _move_on(key)
            return True
        return not _free(key)


def _handle_first(key: StalledKey, *, accept_fork: bool) -> bool:
    stream, now = stream_of(key), clock.now()
    last = ledger.versions_of([stream]).get(stream)
    first = first_in_line(stream, last)
    if first is None:
        return False
    arrival = read(stalls.record_of(first), listening())
    if accept_fork or not is_late_duplicate(arrival, last, Memory.at(first.stalled_at)):
        _handle(arrival, last, accept_fork=accept_fork, now=now)
    first.delete()
    return True


def _handle(arrival: Arrival, last: int | None, *, accept_fork: bool, now: datetime) -> None:
    cause = obstacle(arrival, last)
    if accept_fork and cause is not None and cause.reason is Reason.FORK:
        cause = arrival.cause
    if cause is not None:
        raise Stopped(cause)
    if arrival.message is not None:
        handle([arrival])
        transaction.on_commit(_counted(arrival))
    if arrival.envelope is not None:
        moved = {arrival.stream: arrival.envelope.version}
        ledger.save_versions(moved)
        stalls.wake_awaiting(moved, now=now)


def _counted(arrival: Arrival) -> Callable[[], None]:
    return lambda: count_from_line(arrival)


def messages_of(stream: Stream) -> QuerySet[StalledMessage]:
    """Everything that stands in line behind a key, as it came."""
    return StalledMessage.objects.filter(topic=stream.topic, aggregate_id=stream.aggregate_id).order_by("id")


def first_in_line(stream: Stream, last: int | None) -> StalledMessage | None:
    """Whose turn it is: the next version, unless something without a place in history came before it."""
    line = messages_of(stream)
    if last is None:
        return line.first()
    odd = line.filter(Q(version=None) | Q(version__lte=last)).first()
    due = line.filter(version=last + 1).first()
    if odd is not None and due is not None:
        return odd if odd.pk < due.pk else due
    return odd or due or line.order_by("version", "id").first()


def _move_on(key: StalledKey) -> None:
    """Say that the line is on the move, so that it goes on by itself if this process dies now."""
    StalledKey.objects.filter(pk=key.pk).update(
        **stalls.fields_of(_UNTROUBLED, now=clock.now() - stalls.TRY_AGAIN), tries=0, since=clock.now(), alarmed=False
    )


def _free(key: StalledKey) -> bool:
    """Take the key away unless somebody put a message behind it meanwhile; FOR UPDATE waits for those who do."""
    list(StalledKey.objects.select_for_update().filter(pk=key.pk))
    if messages_of(stream_of(key)).exists():
        return False
    key.delete()
    return True


def stop(key_id: int, cause: Cause) -> None:
    """Write down why a key stands still; what waits too long alarms, and after a time-out is parked."""
    now = clock.now()
    with transaction.atomic():
        key = StalledKey.objects.select_for_update(no_key=True).filter(pk=key_id).first()
        if key is None:
            return
        values: dict[str, Any] = stalls.fields_of(cause, now=now)
        known = key.reason == cause.reason.value
        since = key.since if known else now
        impatient = now - since >= PATIENCE
        if cause.reason is Reason.TIMEOUT and impatient:
            values |= {"state": State.PARKED.value, "next_try_at": None}
        alarmed = impatient or cause.state is State.PARKED
        StalledKey.objects.filter(pk=key_id).update(
            **values, since=since, tries=F("tries") + 1 if known else 1, alarmed=alarmed
        )
    if alarmed and not (known and key.alarmed):
        _alarm(key, values, since)


def _alarm(key: StalledKey, values: dict[str, Any], since: datetime) -> None:
    log.error(
        "key_stalled",
        topic=key.topic,
        aggregate_id=key.aggregate_id,
        state=values["state"],
        reason=values["reason"],
        error=values["error"],
        since=since.isoformat(),
    )


def _waiting_in(key_id: int) -> int:
    key = StalledKey.objects.filter(pk=key_id).first()
    return 0 if key is None else messages_of(stream_of(key)).count()


def retry_due(*, at_most: int = 100) -> int:
    """Try every waiting key whose time has come; returns how many were tried. Raises what an outage raises."""
    due = StalledKey.objects.filter(state=StalledKey.WAITING, next_try_at__lte=clock.now()).order_by("next_try_at")
    chosen = list(due.values_list("pk", flat=True)[:at_most])
    for key_id in chosen:
        advance(key_id)
    return len(chosen)
