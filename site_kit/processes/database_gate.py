"""Whether this process's database answers, known before anybody asks it.

A thread asks `SELECT 1` about three times a second on a connection of its own. The gate closes within a second of
the first unanswered question (a server that is gone, frozen or unreachable) and opens with the next
answer. Requests look at a boolean, they wait for nothing.
"""

import threading
import time
from collections.abc import Callable

import structlog
from django.db import connection

from site_kit.processes.database_probe import Broken, DatabaseProbe, Silent

log = structlog.get_logger(__name__)

EVERY_S = 0.35
ANSWER_WITHIN_S = 0.5
GIVE_UP_AFTER_S = 5.0  # of silence, then a new connection: a frozen server is not flooded with them


class DatabaseGate:
    """The gate of one process; `start` after the last fork. `before_opening` is called each time it opens again."""

    def __init__(self, before_opening: Callable[[], None] = lambda: None) -> None:
        self._before_opening = before_opening
        self._open = True
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_open(self) -> bool:
        """Whether the database answered last time; a gate that was never started is open."""
        return self._open

    def start(self, probe: DatabaseProbe) -> None:
        """Begin asking. Closed until the first answer, which is waited for shortly. Starting twice does nothing."""
        if self._thread is not None:
            return
        self._open, self._stop = False, threading.Event()
        first = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(probe, first), name="database-gate", daemon=True)
        self._thread.start()
        first.wait(ANSWER_WITHIN_S)

    def stop(self) -> None:
        """End the thread and leave the gate open, as it was before `start`."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=ANSWER_WITHIN_S + EVERY_S)
        self._thread, self._open = None, True

    def _watch(self, probe: DatabaseProbe, first: threading.Event) -> None:
        answered_at = time.monotonic()
        while not self._stop.is_set():
            try:
                _ask(probe)
            except (Silent, Broken) as fault:
                self._shut(type(fault).__name__.lower())
                if time.monotonic() - answered_at > GIVE_UP_AFTER_S:
                    probe.close()
                    answered_at = time.monotonic()
            else:
                answered_at = time.monotonic()
                self._open_up()
            first.set()
            self._stop.wait(EVERY_S)
        probe.close()

    def _shut(self, why: str) -> None:
        if self._open:
            log.error("database_gate_closed", why=why)
        self._open = False

    def _open_up(self) -> None:
        if not self._open:
            self._before_opening()
            log.info("database_gate_opened")
        self._open = True


def _ask(probe: DatabaseProbe) -> None:
    """A connection may have ended alone (an operator, a proxy): before the gate shuts, a new one is asked."""
    try:
        probe.ask(within_s=ANSWER_WITHIN_S)
    except Broken:
        probe.ask(within_s=ANSWER_WITHIN_S)


def renew_pool() -> None:
    """Replace the connections that died with the database, before anybody is handed one.

    Left to its check, the pool sleeps a second after the second dead connection, which is longer than anybody waits.
    """
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.pool.drain()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has one


_gate = DatabaseGate(before_opening=renew_pool)


def is_open() -> bool:
    """Whether the site's database answers; True where no gate was started (commands, tests, a shell)."""
    return _gate.is_open


def start() -> None:
    """Start this process's gate."""
    _gate.start(DatabaseProbe.of_django(connection.get_connection_params()))


def stop() -> None:
    """Stop this process's gate."""
    _gate.stop()
