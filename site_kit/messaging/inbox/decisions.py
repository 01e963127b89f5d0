"""What is to become of each message of a batch: pure, so that every case can be read and tested.

Offsets say where reading resumes; versions find duplicates and gaps; ids find forks.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from site_kit.messaging.event_log import Stream
from site_kit.messaging.identifiers import VERSION, first_of
from site_kit.messaging.inbox.arrivals import Arrival
from site_kit.messaging.inbox.causes_of_stalling import Cause, fork, gap

IDS_KEPT = timedelta(days=14)
IDS_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows about the streams and ids of a batch, and whether any key stands still at all."""

    new_ids: AbstractSet[UUID]
    versions: Mapping[Stream, int]
    stalled: AbstractSet[Stream]
    any_stalled: bool = True


@dataclass(slots=True)
class Decisions:
    """The batch, sorted out. `versions` holds only what moved."""

    to_handle: list[Arrival] = field(default_factory=list)
    to_stall: list[tuple[Arrival, Cause | None]] = field(default_factory=list)
    versions: dict[Stream, int] = field(default_factory=dict)
    duplicates: list[Arrival] = field(default_factory=list)
    unheard: int = 0


def decide(batch: Sequence[Arrival], known: Known, *, now: datetime) -> Decisions:
    """Go through a batch in order: handle, put in line, pass over.

    A stalled arrival comes with the cause that stops its key, or None when it only stands behind others.
    """
    decisions = Decisions()
    stalled = set(known.stalled)
    fresh = set(known.new_ids)
    memory = Memory.at(now)
    for arrival in batch:
        _decide_one(arrival, known, stalled, fresh, decisions, memory)
    return decisions


def _decide_one(
    arrival: Arrival, known: Known, stalled: set[Stream], fresh: set[UUID], decisions: Decisions, memory: "Memory"
) -> None:
    envelope, stream = arrival.envelope, arrival.stream
    if envelope is not None and memory.covers(envelope.event_id):
        if envelope.event_id not in fresh:
            decisions.duplicates.append(arrival)
            return
        fresh.discard(envelope.event_id)
    if stream in stalled:
        decisions.to_stall.append((arrival, None))
        return
    last = decisions.versions.get(stream, known.versions.get(stream))
    if is_late_duplicate(arrival, last, memory):
        decisions.duplicates.append(arrival)
        return
    cause = obstacle(arrival, last)
    if cause is not None:
        stalled.add(stream)
        decisions.to_stall.append((arrival, cause))
        return
    if envelope is not None:
        decisions.versions[stream] = envelope.version
    if arrival.message is None:
        decisions.unheard += 1
    else:
        decisions.to_handle.append(arrival)


def obstacle(arrival: Arrival, last: int | None) -> Cause | None:
    """What keeps a message from being handled next in its stream; None when nothing does.

    `last` is the version seen before; None means the stream is new here, and whatever comes first is its beginning.
    """
    if arrival.envelope is not None and last is not None:
        version = arrival.envelope.version
        if version <= last:
            return fork(version, last)
        if version > last + 1:
            return gap(version, last)
    return arrival.cause


def is_late_duplicate(arrival: Arrival, last: int | None, memory: "Memory") -> bool:
    """Whether a message is one whose id was already forgotten, but whose version was seen."""
    envelope = arrival.envelope
    if envelope is None or last is None or envelope.version > last:
        return False
    return not memory.covers(envelope.event_id)


@dataclass(frozen=True, slots=True)
class Memory:
    """Which ids are kept: those drawn lately. Others, and ids that are no UUIDv7, are told apart by version alone."""

    first: UUID
    last: UUID

    @classmethod
    def at(cls, now: datetime) -> "Memory":
        """The memory as it is at that time."""
        return cls(first_of(now - IDS_KEPT), first_of(now + IDS_AHEAD))

    def covers(self, event_id: UUID) -> bool:
        """Whether an id of that age is kept."""
        return self.first.int < event_id.int < self.last.int and event_id.version == VERSION


def ids_to_remember(batch: Iterable[Arrival], now: datetime) -> list[UUID]:
    """The ids of a batch that go into the inbox, each once."""
    memory = Memory.at(now)
    ids = dict.fromkeys(arrival.envelope.event_id for arrival in batch if arrival.envelope is not None)
    return [identifier for identifier in ids if memory.covers(identifier)]
