"""What staff do with keys that stand still: rehearse, retry, skip; and with events the broker refused.

Every action is logged as a staff change in a stream of its own. Actions take lists; each key is its own
transaction, so one that fails does not stop the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from site_kit.messaging import clock, outbox
from site_kit.messaging.emit import log_staff_change
from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox import ledger, line
from site_kit.messaging.inbox.causes_of_stalling import Cause, Reason
from site_kit.messaging.inbox.stalls import fields_of
from site_kit.messaging.models import LoggedEvent, StalledKey, UnsendableEvent
from site_kit.messaging.rehearsal import Rehearsal, rehearse_line
from site_kit.refusals import Refusal

STREAM = "parked_key"


class KeyIsFree(Refusal):
    """The key stands still no longer: somebody was quicker, or it went on by itself."""

    code = "key_is_free"


class ReasonMissing(Refusal):
    """Skipping a message is forever; say why."""

    code = "reason_missing"


@dataclass(frozen=True, slots=True)
class Action:
    """What became of one key."""

    stream: Stream
    handled: int
    left: int
    error: str = ""

    @property
    def is_free(self) -> bool:
        return self.left == 0


def rehearse(*, key_ids: Sequence[int]) -> list[Rehearsal]:
    """Let the handlers run on what stands in line and roll everything back: what would a retry do?

    Changes nothing but the log, which says that somebody rehearsed. Raises KeyIsFree.
    """
    return [_rehearse(_key(key_id)) for key_id in key_ids]


def _rehearse(key: StalledKey) -> Rehearsal:
    rehearsal = rehearse_line(key)
    _log(key, {"action": "rehearsed", "would_handle": rehearsal.would_handle, "error": rehearsal.error})
    return rehearsal


def retry(*, key_ids: Sequence[int], why: str = "") -> list[Action]:
    """Handle what stands in line, first to last, until it is done or something stops it again.

    A first message that tells another history of its aggregate (a fork) is accepted by retrying it. Safe to
    repeat. Raises KeyIsFree.
    """
    return [_retry(_key(key_id), why) for key_id in key_ids]


def _retry(key: StalledKey, why: str) -> Action:
    _log(key, {"action": "retried", "reason": key.reason}, why)
    return _action(key, line.advance(key.pk, accept_fork=key.reason == Reason.FORK))


def skip(*, key_ids: Sequence[int], why: str) -> list[Action]:
    """Give up the first message in line for good and go on with the next; at a gap, give up the missing versions.

    Raises ReasonMissing, KeyIsFree.
    """
    if not why.strip():
        raise ReasonMissing("Say why the message is skipped: nobody will see it again.")
    return [_skip(_key(key_id), why) for key_id in key_ids]


def _skip(key: StalledKey, why: str) -> Action:
    with transaction.atomic():
        locked = StalledKey.objects.select_for_update(no_key=True).filter(pk=key.pk).first()
        if locked is None:
            raise KeyIsFree(f"{key} is free")
        _log(locked, _give_up_first(locked), why)
        StalledKey.objects.filter(pk=key.pk).update(**fields_of(Cause(Reason.LINE), now=clock.now()))
    return _action(key, line.advance(key.pk))


def _give_up_first(key: StalledKey) -> dict[str, object]:
    stream = line.stream_of(key)
    last = ledger.versions_of([stream]).get(stream)
    first = line.first_in_line(stream, last)
    if first is None:
        return {"action": "skipped", "message": None}
    if key.reason == Reason.GAP and first.version is not None and last is not None:
        ledger.save_versions({stream: first.version - 1})
        return {"action": "skipped", "missing_versions": [last + 1, first.version - 1]}
    if first.version is not None and (last is None or first.version > last):
        ledger.save_versions({stream: first.version})
    first.delete()
    return {
        "action": "skipped",
        "message": {"event_id": first.event_id, "type": first.type, "version": first.version},
        "record": [first.partition_number, first.record_offset],
        "error": key.error,
    }


def _key(key_id: int) -> StalledKey:
    key = StalledKey.objects.filter(pk=key_id).first()
    if key is None:
        raise KeyIsFree(f"Key {key_id} stands still no longer.")
    return key


def _action(key: StalledKey, outcome: line.Outcome) -> Action:
    error = outcome.cause.error if outcome.cause else ""
    return Action(line.stream_of(key), outcome.handled, outcome.left, error)


def _log(key: StalledKey, change: dict[str, object], why: str = "") -> None:
    with transaction.atomic():
        log_staff_change(STREAM, f"{key.topic}/{key.aggregate_id}", change=change, why=why)


def resend(*, streams: Iterable[Stream], why: str = "") -> int:
    """Queue events again that the broker refused, with all that stand behind them; returns how many."""
    return sum(_resend(stream, why) for stream in sorted(set(streams)))


@transaction.atomic
def _resend(stream: Stream, why: str) -> int:
    number = outbox.put_back(stream)
    log_staff_change("refused_event", "/".join(stream), change={"action": "sent again", "events": number}, why=why)
    return number


@transaction.atomic
def give_up_sending(*, stream: Stream, why: str) -> int:
    """Never send the refused event at the head of a stream; those behind it are queued again; returns how many.

    The event stays in the log; listeners will miss its version and wait for a decision of theirs. Raises ReasonMissing.
    """
    if not why.strip():
        raise ReasonMissing("Say why the event is never to be sent.")
    refused = UnsendableEvent.objects.filter(topic=stream.topic, aggregate_id=stream.aggregate_id).order_by("id")
    head = refused.select_for_update().first()
    if head is None:
        return 0
    event = LoggedEvent.objects.get(pk=head.pk)
    head.delete()
    change = {"action": "given up", "event_id": event.event_id, "version": event.version, "error": head.error}
    log_staff_change("refused_event", "/".join(stream), change=change, why=why)
    return outbox.put_back(stream)
