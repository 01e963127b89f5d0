"""A thread that does one thing every so often, whatever happens to it."""

import threading
from collections.abc import Callable

import structlog
from django.db import close_old_connections, connections

log = structlog.get_logger(__name__)


class Repeater:
    """Calls `work` every `every_s` seconds in a daemon thread, and at once after `hurry`."""

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
            try:
                self._work()
            except Exception as fault:
                log.warning("repeated_work_failed", work=self._name, fault=type(fault).__name__, exc_info=True)
            close_old_connections()
            self._hurried.wait(self._every_s)
            self._hurried.clear()
        connections.close_all()
