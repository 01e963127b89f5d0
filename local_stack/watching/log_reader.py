"""Read the log files of a home: what is there, and what is being added."""

import heapq
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from local_stack.watching.log_lines import LogLine

INTERVAL_S = 0.2
TAIL_BYTES = 256_000


def written(logs: Iterable[Path], *, whole: bool) -> Iterator[LogLine]:
    """The lines in the files, merged by time; only the ends of the files unless `whole`.

    A line without a time stays behind the line before it.
    """
    yield from (line for _, line in heapq.merge(*(_timed(log, whole=whole) for log in logs), key=lambda pair: pair[0]))


def added(logs: Iterable[Path], stop: Event) -> Iterator[LogLine]:
    """Lines as they are added, from now until `stop` is set; follows files that are emptied and begun again."""
    files = [_Growing(log) for log in logs]
    while not stop.is_set():
        seen = False
        for file in files:
            for line in file.new_lines():
                seen = True
                yield line
        if not seen:
            stop.wait(INTERVAL_S)


class _Growing:
    """One file and how far it has been read."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._read = log.stat().st_size if log.exists() else 0
        self._rest = b""

    def new_lines(self) -> Iterator[LogLine]:
        size = self._log.stat().st_size if self._log.exists() else 0
        if size < self._read:
            self._read, self._rest = 0, b""
        if size == self._read:
            return
        with self._log.open("rb") as file:
            file.seek(self._read)
            content = self._rest + file.read()
            self._read = file.tell()
        *lines, self._rest = content.split(b"\n")
        yield from (LogLine.of(self._log.stem, line.decode(errors="replace")) for line in lines)


def _timed(log: Path, *, whole: bool) -> Iterator[tuple[str, LogLine]]:
    time = ""
    with log.open("rb") as file:
        if not whole and file.seek(0, os.SEEK_END) > TAIL_BYTES:
            file.seek(-TAIL_BYTES, os.SEEK_END)
            file.readline()
        else:
            file.seek(0)
        for raw in file:
            line = LogLine.of(log.stem, raw.decode(errors="replace").rstrip("\n"))
            time = line.time or time
            yield time, line
