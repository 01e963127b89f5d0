"""The worker processes behind a site's one port, and which of them has a connection."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil

from tests.conformance.running.caller import Caller
from tests.conformance.running.waiting import until


class WebWorkers:
    """The children of one gunicorn."""

    def __init__(self, master_pid: int) -> None:
        self._master = psutil.Process(master_pid)

    def pids(self) -> list[int]:
        """Their process ids, ascending."""
        return sorted(child.pid for child in self._master.children())

    def holder_of(self, caller: Caller) -> int | None:
        """The worker that has the other end of a caller's connection."""
        for pid in self.pids():
            with suppress(psutil.Error):
                if any(line.raddr and line.raddr.port == caller.local_port for line in _connections(pid)):
                    return pid
        return None

    def connect(self, caller: Caller, pid: int) -> None:
        """Give a caller a connection to this very worker: the others are stopped while it is made."""
        others = [other for other in self.pids() if other != pid]

        def is_connected() -> bool:
            with _stopped(others):
                caller.connect()
                caller.get("/health/live")
            return self.holder_of(caller) == pid

        until(is_connected, within_s=10, what=f"a connection to web worker {pid}")


@contextmanager
def _stopped(pids: list[int]) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _connections(pid: int) -> list[Any]:
    return psutil.Process(pid).net_connections(kind="tcp4")
