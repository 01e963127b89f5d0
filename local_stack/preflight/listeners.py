"""Who listens on a port."""

import shlex
from contextlib import suppress
from dataclasses import dataclass

import psutil

from local_stack.supervision.leftovers import clone_of

LONGEST_COMMAND = 80


@dataclass(frozen=True, slots=True)
class Listener:
    """A process that listens; `clone` is the First Viscount it belongs to, if any."""

    pid: int
    program: str
    command: str
    clone: str | None

    def __str__(self) -> str:
        return f"{self.program} (pid {self.pid}: {self.command})"


def find(port: int) -> Listener | None:
    """The process that listens on a port; None when it is hidden from this user."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if _listens(process, port):
                return _described(process)
    return None


def _listens(process: psutil.Process, port: int) -> bool:
    return any(
        connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
        for connection in process.net_connections(kind="tcp")
    )


def _described(process: psutil.Process) -> Listener:
    command = shlex.join(process.cmdline())
    shown = command if len(command) <= LONGEST_COMMAND else command[:LONGEST_COMMAND] + "…"
    return Listener(pid=process.pid, program=process.name(), command=shown, clone=clone_of(process))
