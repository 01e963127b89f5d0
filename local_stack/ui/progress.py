"""Progress of downloads and long steps: a bar on a terminal, plain lines elsewhere, always on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from local_stack.ui.lines import megabytes, say

Advance = Callable[[int], None]


@contextmanager
def downloading(title: str, *, total_bytes: int) -> Iterator[Advance]:
    """Show a download; the yielded function takes the bytes that have just arrived, from any thread."""
    if sys.stderr.isatty():
        columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(title, total=total_bytes)
            yield lambda arrived: progress.advance(task, arrived)
    else:
        yield _Quarters(title, total_bytes).arrived


class _Quarters:
    """One plain line for each quarter of a download."""

    def __init__(self, title: str, total_bytes: int) -> None:
        self._title, self._total, self._seen, self._told = title, max(total_bytes, 1), 0, 0

    def arrived(self, size: int) -> None:
        self._seen += size
        quarter = 4 * self._seen // self._total
        if quarter > self._told:
            self._told = quarter
            say(f"  {self._title}: {megabytes(self._seen)} of {megabytes(self._total)}")
