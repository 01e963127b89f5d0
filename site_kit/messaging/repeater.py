"""A thread that does one thing every so often, whatever happens to it."""

import threading
from collections.abc import Callable

import structlog
from django.db import close_old_connections, connections

log = structlog.get_logger(__name__)


AFTER_A_FAULT_S = 1.0


class Repeater:
    """Calls `work` every `every_s` seconds in a daemon thread, at once after `hurry`, and a second after a fault."""

    def __init__(self, name: str, work: Callable[[], object], *, every_s: float) -> None:
        self._name = name
        self._work = work
        self._every_s = every_s
        self._hurried = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; the first call comes at once."""
        self._thread.start()

    def hurry(self) -> None:
        """Do it now rather than later."""
        self._hurried.set()

    def stop(self, *, within_s: float = 5.0) -> None:
        """End after the call at hand."""
        self._stopped.set()
        self._hurried.set()
        self._thread.join(within_s)

    def _run(self) -> None:
        while not self._stopped.is_set():
            pause_s = self._every_s
            try:
                self._work()
            except Exception as fault:
                log.warning(
                    "repeated_work_failed", work=self._name, fault=type(fault).__name__, reason=str(fault)[:200]
                )
                pause_s = min(pause_s, AFTER_A_FAULT_S)
            close_old_connections()
            self._hurried.wait(pause_s)
            self._hurried.clear()
        connections.close_all()
