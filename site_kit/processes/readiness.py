"""Is this process ready, and which of its parts is away; known beforehand, never found out in the request."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import structlog

from site_kit.processes import database_gate
from site_kit.processes.part_probes import Probe

log = structlog.get_logger(__name__)

Status = Literal["ok", "degraded", "unavailable"]
PartState = Literal["up", "down", "unknown"]
EVERY_S = 3.0

Alarm = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer of `/health/ready`.

    `status`: ok; degraded (200: something but the own database is away); unavailable (503: the own
    database is away). `parts` names every part: up, down or unknown (not asked yet).
    """

    status: Status
    parts: Mapping[str, PartState]

    @property
    def http_status(self) -> int:
        """200 or 503."""
        return 503 if self.status == "unavailable" else 200

    @property
    def away(self) -> tuple[str, ...]:
        """The parts that are down."""
        return tuple(name for name, state in self.parts.items() if state == "down")


class PartWatch:
    """Asks the parts in a thread of its own, each at most half a second, every three seconds."""

    def __init__(self) -> None:
        self._probes: dict[str, Probe] = {}
        self._states: dict[str, PartState] = {}
        self._alarms: dict[str, Alarm] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, probes: Mapping[str, Probe]) -> None:
        """Begin asking. Starting twice does nothing."""
        if self._thread is not None:
            return
        self._probes = dict(probes)
        self._states = dict.fromkeys(probes, "unknown")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="part-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and forget the parts."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=len(self._probes) + 1.0)
        self._thread, self._states, self._alarms = None, {}, {}

    def alarm(self, name: str, is_raised: Alarm) -> None:
        """Add a part of the process itself, judged at the moment of asking by a cheap function."""
        self._alarms[name] = is_raised

    @property
    def states(self) -> dict[str, PartState]:
        """What is known now."""
        own: dict[str, PartState] = {name: "down" if raised() else "up" for name, raised in self._alarms.items()}
        return {**self._states, **own}

    def _watch(self) -> None:
        while not self._stop.is_set():
            for name, probe in self._probes.items():
                self._note(name, "up" if probe() else "down")
            self._stop.wait(EVERY_S)

    def _note(self, name: str, state: PartState) -> None:
        before = self._states[name]
        self._states[name] = state
        if state != before and (before != "unknown" or state == "down"):
            (log.warning if state == "down" else log.info)("part_changed", part=name, state=state)


parts = PartWatch()


def readiness() -> Readiness:
    """What this process knows now; costs nothing and touches nothing."""
    is_open = database_gate.is_open()
    states: dict[str, PartState] = {"database": "up" if is_open else "down", **parts.states}
    if not is_open:
        return Readiness("unavailable", states)
    return Readiness("degraded" if "down" in states.values() else "ok", states)


def register_alarm(name: str, is_raised: Alarm) -> None:
    """Let a process report a part of itself (a deaf worker, a stuck consumer) as down; `is_raised` must be cheap."""
    parts.alarm(name, is_raised)
