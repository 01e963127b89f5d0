"""Run a line of messages for show: everything happens, and then it did not."""

from dataclasses import dataclass

from django.db import connection, transaction

from site_kit.messaging.emit import UNPUBLISHED
from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox import line
from site_kit.messaging.inbox.causes_of_stalling import Reason, cause_of
from site_kit.messaging.models import LoggedEvent, StalledKey

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a retry would do: messages handled, events told, and what would stop it (empty: nothing)."""

    stream: Stream
    would_handle: int
    would_leave: int
    would_tell: tuple[str, ...]
    error: str = ""


def rehearse_line(key: StalledKey) -> Rehearsal:
    """Handle up to 100 messages of a key and roll back. Deferred constraints are checked, as a commit would."""
    with transaction.atomic():
        before = LoggedEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
        handled, error = _run(key)
        told = LoggedEvent.objects.filter(id__gt=before, published=True).exclude(topic__startswith=UNPUBLISHED)
        types = tuple(told.order_by("id").values_list("type", flat=True))
        left = line.messages_of(line.stream_of(key)).count()
        transaction.set_rollback(True)
    return Rehearsal(line.stream_of(key), handled, left, types, error)


def _run(key: StalledKey) -> tuple[int, str]:
    accept_fork = key.reason == Reason.FORK
    for handled in range(LONGEST):
        try:
            with transaction.atomic():
                if not line.step(key.pk, accept_fork=accept_fork and handled == 0):
                    return handled, ""
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except Exception as fault:
            cause = fault.cause if isinstance(fault, line.Stopped) else cause_of(fault)
            return handled, cause.error or cause.error_class
    return LONGEST, ""
