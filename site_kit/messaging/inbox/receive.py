"""The inbox: each message once, in order per key, however often and whenever it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from site_kit.messaging import clock
from site_kit.messaging.crash_points import reached
from site_kit.messaging.inbox import ledger, stalls
from site_kit.messaging.inbox.arrivals import Arrival, Record, listening, read
from site_kit.messaging.inbox.causes_of_stalling import cause_of
from site_kit.messaging.inbox.decisions import Decisions, Known, decide, ids_to_remember
from site_kit.messaging.inbox.faults import Kind, kind_of
from site_kit.messaging.inbox.handling import handle
from site_kit.messaging.inbox.pace import Pace
from site_kit.messaging.inbox.portions import portions, shares_rows
from site_kit.messaging.metrics import count_portion

log = structlog.get_logger(__name__)

LARGEST_PORTION = 500
ATTEMPTS = {Kind.CONTENTION: 5, Kind.FAILURE: 2, Kind.TIMEOUT: 1, Kind.AWAITING: 1, Kind.OUTAGE: 1}
"""How often a message is tried alone, one try after the other, before its key stands still."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a transaction of the inbox puts up with waiting, in seconds."""

    statement_s: float
    lock_s: float


TOGETHER = Limits(statement_s=2.0, lock_s=0.5)
ALONE = Limits(statement_s=5.0, lock_s=5.0)


class Inbox:
    """Takes records over; remembers only how large its portions should be.

    `receive` either returns, and every record is then handled, in line or known, or raises because of an outage,
    and then all or some of the same records must be given again.
    """

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace = pace or Pace()

    def receive(self, records: Sequence[Record]) -> bool:
        """Take records over, in the order given; True when a waiting key may go on now.

        Safe to repeat. Raises what an outage raises.
        """
        stirred = False
        heard = listening()
        arrivals = [read(record, heard) for record in records]
        largest = self._pace.size if shares_rows(arrivals) else LARGEST_PORTION
        for portion in portions(arrivals, largest):
            started_s = clock.elapsed_s()
            stirred |= _receive_together(portion)
            if shares_rows(portion):
                self._pace.took(clock.elapsed_s() - started_s, messages=len(portion))
        return stirred


def _receive_together(portion: Sequence[Arrival]) -> bool:
    if len(portion) > 1:
        try:
            return take(portion, TOGETHER)
        except Exception as fault:  # the edge of the loop: what a handler may raise is not known here
            if kind_of(fault) is Kind.OUTAGE:
                raise
            log.info("portion_taken_apart", messages=len(portion), fault=type(fault).__name__)
    stirred = [_receive_alone(arrival) for arrival in portion]
    return any(stirred)


def _receive_alone(arrival: Arrival) -> bool:
    fault: Exception | None = None
    for attempt in range(1, max(ATTEMPTS.values()) + 1):
        try:
            return take([arrival], ALONE)
        except Exception as again:
            fault = again
        if kind_of(fault) is Kind.OUTAGE or not stalls.database_answers():
            raise fault
        if attempt >= ATTEMPTS[kind_of(fault)]:
            break
    return take([stopped_by(arrival, fault)], ALONE)


def stopped_by(arrival: Arrival, fault: BaseException | None) -> Arrival:
    """The arrival with the fault as the cause that its key stands still."""
    return arrival if fault is None else arrival._replace(message=None, cause=cause_of(fault))


def take(portion: Sequence[Arrival], limits: Limits) -> bool:
    """One transaction: offsets, ids, versions, handlers, all or nothing. True when a waiting key may go on now."""
    now = clock.now()
    with transaction.atomic(durable=True):
        ledger.set_limits(statement_s=limits.statement_s, lock_s=limits.lock_s)
        unread, offsets = _unread(portion)
        if not unread:
            return False
        known = _known(unread, now)
        decisions = decide(unread, known, now=now)
        reached("inbox.after_ids")
        handle(decisions.to_handle)
        reached("inbox.after_handlers")
        stalls.stall(decisions.to_stall, now=now)
        ledger.save_versions(decisions.versions)
        woken = stalls.wake_awaiting(decisions.versions, now=now) if known.any_stalled else 0
        ledger.save_offsets(offsets)
    reached("inbox.after_commit")
    _tell(decisions)
    return bool(woken or decisions.to_stall)


def _unread(portion: Sequence[Arrival]) -> tuple[list[Arrival], dict[ledger.Partition, int]]:
    offsets = ledger.lock_offsets((arrival.record.topic, arrival.record.partition) for arrival in portion)
    unread = []
    for arrival in portion:
        where = (arrival.record.topic, arrival.record.partition)
        if arrival.record.offset >= offsets[where]:
            unread.append(arrival)
            offsets[where] = arrival.record.offset + 1
    return unread, offsets


def _known(unread: Sequence[Arrival], now: datetime) -> Known:
    streams = {arrival.stream for arrival in unread}
    new_ids = ledger.remember_ids(ids_to_remember(unread, now))
    # Stalled keys before versions: somebody who just finished a line moved the version before the key went.
    any_stalled = stalls.any_stalled()
    stalled = stalls.stalled_among(streams) if any_stalled else set()
    return Known(new_ids, ledger.versions_of(streams), stalled, any_stalled)


def _tell(decisions: Decisions) -> None:
    count_portion(decisions)
    for arrival, cause in decisions.to_stall:
        if cause is not None:
            log.error(
                "key_stalled",
                topic=arrival.stream.topic,
                aggregate_id=arrival.stream.aggregate_id,
                state=cause.state.value,
                reason=cause.reason.value,
                error=cause.error,
            )
