"""The demo as it runs: a live table on a terminal, a line every few seconds elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from rich.console import Console
from rich.live import Live
from rich.table import Table

from local_stack.demo.chaos import Blow
from local_stack.demo.run import Progress
from local_stack.ui.lines import say
from local_stack.verification.databases import read_only
from local_stack.verification.delivery import unread_events

EVENTS = "SELECT count(*) FROM messaging_event WHERE published"
PENDING = "SELECT count(*) FROM messaging_outbox"
LINE_EVERY_S = 5.0
LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Bridge:
    """What the databases say of the events; None while one of them does not answer."""

    events: int
    pending: int
    unread: int


class Screen:
    """Shows one run; call `show` often, it draws as often as is useful."""

    def __init__(self, progress: Progress, addresses: dict[str, str], live: Live | None) -> None:
        self._progress, self._addresses, self._live = progress, addresses, live
        self._blows: list[Blow] = []
        self._drawn_at = 0.0
        self._started_at = time.monotonic()

    def tell(self, blow: Blow) -> None:
        """A process was hit."""
        self._blows.append(blow)
        if self._live is None:
            say(f"  {_words(blow)}")

    def show(self) -> None:
        """Draw, if it is time to."""
        every = LINE_EVERY_S if self._live is None else LOOK_EVERY_S
        if time.monotonic() - self._drawn_at < every:
            return
        self._drawn_at = time.monotonic()
        rows = self._rows()
        if self._live is None:
            say("  " + " · ".join(f"{name} {value}" for name, value in rows))
        else:
            self._live.update(self._table(rows))

    def _rows(self) -> list[tuple[str, str]]:
        bridge = _look(self._addresses)
        waits = sorted(self._progress.patience.waits_s)
        rows = [
            ("changes", f"{self._progress.done} of {self._progress.total}"),
            ("said again", str(self._progress.patience.repeated)),
        ]
        if waits:
            rows.append(("answer p50/p95", f"{_at(waits, 0.5):.0f}/{_at(waits, 0.95):.0f} ms"))
        if bridge:
            rows += [
                ("events", str(bridge.events)),
                ("not sent", str(bridge.pending)),
                ("not heard", str(bridge.unread)),
            ]
        else:
            rows.append(("events", "a database is away"))
        return rows

    def _table(self, rows: list[tuple[str, str]]) -> Table:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for name, value in rows:
            table.add_row(name, value)
        for kind, count in sorted(self._progress.made.items()):
            table.add_row(f"  {kind}", str(count))
        for blow in self._blows[-4:]:
            table.add_row("chaos", _words(blow))
        return table


@contextmanager
def screen(progress: Progress, addresses: dict[str, str]) -> Iterator[Screen]:
    """A screen for as long as the block lasts."""
    if not sys.stderr.isatty():
        yield Screen(progress, addresses, None)
        return
    with Live(console=Console(stderr=True), auto_refresh=True, refresh_per_second=4) as live:
        yield Screen(progress, addresses, live)


def _look(addresses: dict[str, str]) -> Bridge | None:
    try:
        with read_only(addresses) as databases:
            events = sum(_number(database, EVENTS) for database in databases.values())
            pending = sum(_number(database, PENDING) for database in databases.values())
            return Bridge(events, pending, unread_events(databases))
    except psycopg.OperationalError:
        return None


def _number(database: psycopg.Connection[tuple[int]], query: str) -> int:
    row = database.execute(query).fetchone()
    return row[0] if row else 0


def _at(waits: list[float], share: float) -> float:
    return 1000 * waits[min(len(waits) - 1, int(len(waits) * share))]


def _words(blow: Blow) -> str:
    return f"killed {blow.process}" if blow.action == "kill" else f"paused {blow.process} for {blow.paused_s:.1f} s"
