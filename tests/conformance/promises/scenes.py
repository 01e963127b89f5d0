"""Long scenes, played once for each site that runs; several promises look at what was seen in them.

A scene notes what it sees and judges nothing: what is broken is found by the promise that is about it.
"""

import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from tests.conformance.plans.plan import Stream
from tests.conformance.running.caller import Ask, Reply
from tests.conformance.running.started_site import CONSUMER, WEB, WORKER, StartedSite
from tests.conformance.running.waiting import until
from tests.conformance.running.wires import NEIGHBOURS
from tests.conformance.settings.under_test import CALLER_LIMIT

WRITES = 8
NOTICED_S = 12.0
DRAINED_S = 40.0
PATIENCE_S = 3.0
"""How long somebody waits for an answer that ought to come at once."""


@dataclass(slots=True)
class Beginning:
    """A site that was started while broker, registry and Valkey were black holes."""

    ready: Mapping[str, Reply] = field(default_factory=dict)
    read: Reply | None = None
    written: Reply | None = None
    relayed: bool = False


def beginning(site: StartedSite) -> Beginning:
    """From the start to the first event on the broker; the neighbours are there at the end."""
    seen = Beginning()
    site.await_answers()
    seen.ready = _readiness(site, down=NEIGHBOURS, within_s=NOTICED_S)
    if WEB in site.processes:
        seen.read = site.client().get(site.plan.list_path)
        seen.written = site.client().send(site.keyed(site.plan.writing(site)))
    site.wires.mend()
    if seen.written is not None and seen.written.status < 300 and WORKER in site.processes:
        seen.relayed = _relayed(site, [site.plan.spoke_on(seen.written)], within_s=DRAINED_S)
    return seen


@dataclass(slots=True)
class NeighboursAway:
    """Valkey, then broker and registry too, become black holes under a running site, and come back."""

    calm: list[Reply] = field(default_factory=list)
    reads_over_the_limit: list[Reply] = field(default_factory=list)
    relayed_without_valkey: bool = False
    without_valkey: Mapping[str, Reply] = field(default_factory=dict)
    away: list[Reply] = field(default_factory=list)
    without_all: Mapping[str, Reply] = field(default_factory=dict)
    live: Mapping[str, Reply] = field(default_factory=dict)
    back: Mapping[str, Reply] = field(default_factory=dict)
    drained: bool = False


def neighbours_away(site: StartedSite) -> NeighboursAway:
    """Everything a site does for others waits, nothing it does for callers."""
    seen = NeighboursAway(calm=_writes(site))
    try:
        site.wires.silent("valkey")
        seen.reads_over_the_limit = _reads_over_the_limit(site)
        if CONSUMER in site.processes:
            seen.relayed_without_valkey = _relayed(site, _streams(site, _writes(site, 1)), within_s=15)
        seen.without_valkey = _readiness(site, down=("valkey",), within_s=NOTICED_S)
        site.wires.silent("broker", "registry")
        seen.away = _writes(site)
        seen.without_all = _readiness(site, down=NEIGHBOURS, within_s=NOTICED_S)
        seen.live = {kind: site.probe(kind, "/health/live") for kind in site.processes}
    finally:
        site.wires.mend()
    seen.back = _readiness(site, down=(), within_s=NOTICED_S)
    if WORKER in site.processes:
        seen.drained = _relayed(site, _streams(site, seen.away), within_s=DRAINED_S)
    return seen


@dataclass(slots=True)
class DatabaseAway:
    """The site's own database becomes a black hole, then comes back. None: no answer within `PATIENCE_S`."""

    closed_after_s: float | None = None
    ready: Mapping[str, Reply | None] = field(default_factory=dict)
    live: Mapping[str, Reply | None] = field(default_factory=dict)
    needing_it: Mapping[str, Reply | None] = field(default_factory=dict)
    not_needing_it: Mapping[str, Reply | None] = field(default_factory=dict)
    serves_after_s: float | None = None
    refused_after_s: float | None = None
    serves_after_refusal_s: float | None = None


def database_away(site: StartedSite) -> DatabaseAway:
    """First it swallows everything, later it refuses connections; each time it comes back by itself."""
    seen = DatabaseAway()
    bare, _ = site.plan.bare_paths[0]
    try:
        site.wires.silent("database")
        seen.closed_after_s = _until_ready_says(site, 503, within_s=6)
        seen.ready = {kind: _patiently(site, Ask("GET", "/health/ready"), kind) for kind in site.processes}
        seen.live = {kind: _patiently(site, Ask("GET", "/health/live"), kind) for kind in site.processes}
        asked = {"read": Ask("GET", site.plan.list_path), "write": site.keyed(site.plan.writing(site))}
        seen.needing_it = {name: _patiently(site, ask) for name, ask in asked.items()}
        asked = {"bare path": bare, "document": Ask("GET", "/api/v1/openapi.json"), "metrics": Ask("GET", "/metrics")}
        seen.not_needing_it = {name: _patiently(site, ask) for name, ask in asked.items()}
    finally:
        site.wires.mend()
    seen.serves_after_s = _until_it_serves(site, within_s=15)
    try:
        site.wires.cut("database")
        seen.refused_after_s = _until_ready_says(site, 503, within_s=6)
    finally:
        site.wires.mend()
    seen.serves_after_refusal_s = _until_it_serves(site, within_s=15)
    return seen


def down_parts(reply: Reply) -> set[str]:
    """The parts that an answer of `/health/ready` calls down."""
    return {part for part, state in reply.json()["parts"].items() if state == "down"}


def _writes(site: StartedSite, number: int = WRITES) -> list[Reply]:
    client = site.client()
    return [client.send(site.keyed(site.plan.writing(site))) for _ in range(number)]


def _reads_over_the_limit(site: StartedSite) -> list[Reply]:
    client = site.client()
    return [client.get(site.plan.list_path) for _ in range(CALLER_LIMIT + 10)]


def _streams(site: StartedSite, replies: Collection[Reply]) -> list[Stream]:
    return [site.plan.spoke_on(reply) for reply in replies if reply.status < 300]


def _relayed(site: StartedSite, streams: Collection[Stream], *, within_s: float) -> bool:
    def all_there() -> bool:
        return all(site.broker.told(stream.topic, stream.key) for stream in streams)

    return bool(streams) and _came(all_there, within_s)


def _readiness(site: StartedSite, *, down: Collection[str], within_s: float) -> Mapping[str, Reply]:
    """What every process says of itself, as soon as it is what is expected, or at the latest."""

    def as_expected(kind: str) -> bool:
        reply = site.probe(kind, "/health/ready")
        return reply.status == 200 and down_parts(reply) == set(down)

    for kind in site.processes:
        _came(lambda kind=kind: as_expected(kind), within_s)  # type: ignore[misc]
    return {kind: site.probe(kind, "/health/ready") for kind in site.processes}


def _until_ready_says(site: StartedSite, status: int, *, within_s: float) -> float | None:
    began = time.monotonic()

    def says() -> bool:
        return all(site.probe(kind, "/health/ready").status == status for kind in site.processes)

    return time.monotonic() - began if _came(says, within_s) else None


def _until_it_serves(site: StartedSite, *, within_s: float) -> float | None:
    """Ready on every port, and both web workers read and write."""
    began = time.monotonic()

    def serves() -> bool:
        asked = [Ask("GET", site.plan.list_path)] * 4 + [site.keyed(site.plan.writing(site))]
        return all((reply := _patiently(site, ask)) is not None and reply.status < 300 for ask in asked)

    if _until_ready_says(site, 200, within_s=within_s) is None or not _came(serves, within_s):
        return None
    return time.monotonic() - began


def _patiently(site: StartedSite, ask: Ask, kind: str = WEB) -> Reply | None:
    caller = site.client() if kind == WEB else site.guest(kind)
    caller.patience_s = PATIENCE_S
    with suppress(TimeoutError):
        return caller.send(ask)
    return None


def _came(look: Callable[[], bool], within_s: float) -> bool:
    with suppress(AssertionError):
        return until(look, within_s=within_s, what="what is expected")
    return False
