"""Small tables for people."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table


def show(headings: Sequence[str], rows: Sequence[Sequence[str]], *, to_stdout: bool = False) -> None:
    """Print a table, on stderr unless it is the data that was asked for; never cut when there is no terminal."""
    stream = sys.stdout if to_stdout else sys.stderr
    console = Console(file=stream, width=None if stream.isatty() else 200, highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=not stream.isatty())
    for row in rows:
        table.add_row(*row)
    console.print(table)
