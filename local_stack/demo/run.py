"""Make the changes: several clients at once, at a steady rate, each change until it is answered."""

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from local_stack.demo.changes import Change, Sites, make
from local_stack.demo.http import Patience

CLIENTS = 4


@dataclass(slots=True)
class Progress:
    """How far a run is; written by the clients, read by the screen."""

    total: int
    patience: Patience
    made: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Changes that were answered."""
        return sum(self.made.values())


class Clients:
    """Threads that make changes, `rate` of them a second together."""

    def __init__(self, changes: Sequence[Change], sites: Callable[[], Sites], progress: Progress, rate: float) -> None:
        self._waiting: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._changes, self._sites, self._progress, self._rate = changes, sites, progress, rate
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(CLIENTS)]
        self._feeder = threading.Thread(target=self._feed, daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        for thread in (*self._threads, self._feeder):
            thread.start()

    def stop(self) -> None:
        """Let no more changes begin."""
        self._stopping.set()

    @property
    def working(self) -> bool:
        """Whether a change is still to be made, or in hand."""
        return any(thread.is_alive() for thread in self._threads)

    def _feed(self) -> None:
        due = time.monotonic()
        for change in self._changes:
            due += 1 / self._rate
            if self._stopping.wait(max(0.0, due - time.monotonic())):
                break
            self._waiting.put(change)
        for _ in self._threads:
            self._waiting.put(None)

    def _work(self) -> None:
        sites = self._sites()
        while change := self._waiting.get():
            try:
                make(change, sites)
                self._progress.made[change.kind] += 1
            except Exception as fault:  # one client's fault ends no run; it is shown and fails the verb
                self._progress.faults.append(f"{change.kind} {change.target.sku}: {fault}")
                self._progress.made["failed"] += 1
