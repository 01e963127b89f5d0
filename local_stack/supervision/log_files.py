"""Log files that processes write to directly, so that they outlive the supervisor."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LARGEST_BYTES = 20_000_000


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The log file, to be inherited by a process: always appended to, so that it can be emptied while in use."""
    with Path(path).open("ab") as log:
        yield log


def shorten(paths: Iterable[str]) -> None:
    """Keep one older generation (`.1`) of every log that has grown too large, and empty the file itself.

    A line written between the copy and the cut is lost; a disk filled by a talkative process is worse.
    """
    for path in map(Path, paths):
        if path.exists() and path.stat().st_size > LARGEST_BYTES:
            shutil.copyfile(path, path.with_suffix(".log.1"))
            with path.open("r+b") as log:
                log.truncate()
