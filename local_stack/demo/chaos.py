"""Kill and pause processes of sites and stack while the demo runs; every kind at least once, drawn from the seed."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Literal

import psutil

from local_stack.supervision.client import Supervisor, SupervisorGone
from local_stack.supervision.spec import Report

Action = Literal["kill", "pause"]

BETWEEN_S = (2.0, 5.0)
PAUSED_S = (1.0, 4.0)


@dataclass(frozen=True, slots=True)
class Blow:
    """One fault: which process, what is done to it, for how long a pause, and how long until the next."""

    process: str
    action: Action
    paused_s: float
    then_wait_s: float


def blows(processes: list[str], chance: Random) -> Iterator[Blow]:
    """Faults without end: rounds in which every process is hit once, in an order drawn from `chance`."""
    while True:
        for process in chance.sample(processes, len(processes)):
            action: Action = chance.choice(("kill", "pause"))
            yield Blow(process, action, chance.uniform(*PAUSED_S), chance.uniform(*BETWEEN_S))


class Chaos:
    """A thread that deals blows until it is stopped; a stop always lets paused processes go on."""

    def __init__(self, supervisor: Supervisor, chance: Random, tell: Callable[[Blow], None]) -> None:
        self._supervisor, self._chance, self._tell = supervisor, chance, tell
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chaos", daemon=True)
        self.dealt: list[Blow] = []
        self.missing: set[str] = set()

    def start(self) -> None:
        """Begin; returns at once."""
        self.missing = {report.name for report in self._supervisor.reports()}
        self._thread.start()

    def stop(self) -> None:
        """End, when the blow in hand is over."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        for blow in blows(sorted(self.missing), self._chance):
            if self._stopping.is_set():
                return
            if self._deal(blow):
                self.dealt.append(blow)
                self.missing.discard(blow.process)
                self._tell(blow)
            self._stopping.wait(blow.then_wait_s)

    def _deal(self, blow: Blow) -> bool:
        report = self._report(blow.process)
        if report is None or report.pid is None:
            return False
        with suppress(psutil.Error):
            process = psutil.Process(report.pid)
            if blow.action == "kill":
                process.kill()
            else:
                self._pause(process, blow.paused_s)
            return True
        return False

    def _pause(self, process: psutil.Process, paused_s: float) -> None:
        """Stop the process and all it started, then let them go on."""
        family = [process, *process.children(recursive=True)]
        for member in family:
            _signal(member, signal.SIGSTOP)
        self._stopping.wait(paused_s)
        for member in family:
            _signal(member, signal.SIGCONT)

    def _report(self, name: str) -> Report | None:
        with suppress(SupervisorGone):
            return next((one for one in self._supervisor.reports() if one.name == name), None)
        return None


def _signal(process: psutil.Process, wanted: signal.Signals) -> None:
    with suppress(psutil.Error):
        process.send_signal(wanted)
