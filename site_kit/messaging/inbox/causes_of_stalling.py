"""Why a key stands still."""

import traceback
from dataclasses import dataclass
from enum import StrEnum

from site_kit.messaging.handlers import Awaiting
from site_kit.messaging.inbox.faults import Kind, kind_of

_LONGEST_ERROR = 2_000
_LONGEST_TRACEBACK = 8_000


class State(StrEnum):
    """Waiting keys go on by themselves, parked ones need a person."""

    WAITING = "waiting"
    PARKED = "parked"


class Reason(StrEnum):
    """What the first message in line needs."""

    GAP = "gap"  # an earlier version that has not come
    AWAITING = "awaiting"  # another aggregate
    TIMEOUT = "timeout"  # rows that somebody holds too long
    SCHEMA = "schema"  # a schema only the registry knows, and it is away
    LINE = "line"  # nothing: the line is on the move
    FAILED = "failed"  # a correction of data or code
    UNDECODABLE = "undecodable"  # a decision about foreign bytes
    FORK = "fork"  # a decision about two histories


_WAITS = {Reason.GAP, Reason.AWAITING, Reason.TIMEOUT, Reason.SCHEMA, Reason.LINE}


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason with what is known about it."""

    reason: Reason
    error_class: str = ""
    error: str = ""
    traceback: str = ""
    awaits: tuple[str, str, int] | None = None

    @property
    def state(self) -> State:
        return State.WAITING if self.reason in _WAITS else State.PARKED


def cause_of(fault: BaseException) -> Cause:
    """Why a message that failed alone stands still."""
    match kind_of(fault):
        case Kind.AWAITING if isinstance(fault, Awaiting):
            awaits = (fault.topic, fault.aggregate_id, fault.version)
            return Cause(Reason.AWAITING, error=_clean(str(fault), _LONGEST_ERROR), awaits=awaits)
        case Kind.TIMEOUT | Kind.CONTENTION:
            return _told(Reason.TIMEOUT, fault)
        case _:
            return _told(Reason.FAILED, fault)


def undecodable(fault: BaseException) -> Cause:
    """The bytes or headers are no event of ours."""
    return Cause(Reason.UNDECODABLE, type(fault).__name__, _clean(str(fault), _LONGEST_ERROR))


def unknown_schema(fault: BaseException) -> Cause:
    """Written with a schema nobody here knows, and the registry cannot be asked."""
    return Cause(Reason.SCHEMA, type(fault).__name__, _clean(str(fault), _LONGEST_ERROR))


def fork(version: int, last: int) -> Cause:
    """A version that was already seen came again with another id: its producer has two histories."""
    return Cause(
        Reason.FORK,
        error=f"version {version} came with an unknown id although version {last} was seen: "
        "was the producer restored from a backup?",
    )


def gap(version: int, last: int) -> Cause:
    """A version is missing."""
    return Cause(Reason.GAP, error=f"version {version} came, version {last + 1} did not")


def _told(reason: Reason, fault: BaseException) -> Cause:
    lines = "".join(traceback.format_exception(fault))
    return Cause(
        reason,
        error_class=type(fault).__qualname__,
        error=_clean(str(fault), _LONGEST_ERROR),
        traceback=_clean(lines[-_LONGEST_TRACEBACK:], _LONGEST_TRACEBACK),
    )


def _clean(text: str, longest: int) -> str:
    return text[:longest].replace("\0", "�")
