"""Wake the relay after a commit without making anybody wait.

The request only sets a flag; a daemon thread of the process does the talking. Beat is the net under it, so a
wake that gets lost costs a second, never an event. This module knows neither Celery nor Valkey: the app
config says how a wake is delivered.
"""

import os
import threading
from collections.abc import Callable

Deliver = Callable[[], None]


class Waker:
    """One thread per process, started at the first nudge (so always after a fork)."""

    def __init__(self) -> None:
        self._deliver: Deliver | None = None
        self._called = threading.Event()
        self._lock = threading.Lock()
        self._pid: int | None = None

    def deliver_by(self, deliver: Deliver) -> None:
        """Say how a wake travels; `deliver` may block and must not raise."""
        self._deliver = deliver

    def nudge(self) -> None:
        """There is something to send. Returns at once."""
        if self._deliver is None:
            return
        if self._pid != os.getpid():
            self._start()
        self._called.set()

    def _start(self) -> None:
        with self._lock:
            if self._pid == os.getpid():
                return
            self._called = threading.Event()
            threading.Thread(target=self._run, name="relay-waker", daemon=True).start()
            self._pid = os.getpid()

    def _run(self) -> None:
        called = self._called
        while True:
            called.wait()
            called.clear()
            if self._deliver is not None:
                self._deliver()


waker = Waker()
