"""A name for this consumer that its successor takes over, so that a killed one is replaced at once.

The broker keeps the partitions of a named member for it until its session ends; a successor with the same name
gets them without waiting for that and without moving anybody else's. The name is a number locked by a file:
the kernel frees it with the process, however that ends.
"""

import fcntl
import socket
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Instance:
    """The name, and the file that holds it; keep the object as long as the name is used."""

    name: str
    lock: IO[str]


def claim_instance(group: str) -> Instance:
    """The first free name of a consumer group on this machine."""
    folder = Path(tempfile.gettempdir())
    for number in count(1):
        lock = _locked(folder / f"consumer-{group}-{number}.lock")
        if lock is not None:
            return Instance(f"{group}-{socket.gethostname()}-{number}", lock)
    raise AssertionError("numbers do not end")


def _locked(path: Path) -> IO[str] | None:
    try:
        lock = path.open("a")
    except PermissionError:
        return None  # somebody else's
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock
