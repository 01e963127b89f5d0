"""One connection that asks the database `SELECT 1` and never waits longer than told."""

import select
import time

from psycopg import pq
from psycopg.conninfo import make_conninfo


class Silent(Exception):  # noqa: N818 - what the database is
    """No answer in time; the question still stands and may be waited for again."""


class Broken(Exception):  # noqa: N818 - what the connection is
    """The connection is of no use any more."""


class DatabaseProbe:
    """A connection of its own, outside every pool, driven without blocking calls.

    libpq's own limits will not do: it waits at least two seconds for a connection, and without limit for an
    answer.
    """

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo.encode()
        self._connection: pq.abc.PGconn | None = None
        self._asked = False

    @classmethod
    def of_django(cls, parameters: dict[str, object]) -> "DatabaseProbe":
        """A probe for the connection parameters that Django would use."""
        known = {name: str(parameters[name]) for name in parameters if name not in NOT_LIBPQ}
        return cls(make_conninfo("", **{**known, "application_name": f"{known.get('application_name', '')}-gate"}))

    def ask(self, *, within_s: float) -> None:
        """Return when the database has answered.

        Raises `Silent` (ask again and the same question is waited for) or `Broken` (ask again and a new
        connection is made).
        """
        until = time.monotonic() + within_s
        try:
            connection = self._connection or self._connected(until)
            if not self._asked:
                connection.send_query(b"SELECT 1")
                self._asked = True
            self._await_answer(connection, until)
            self._asked = False
        except Silent:
            raise
        except Exception as fault:  # libpq reports everything as one kind, a closed socket as another
            self.close()
            raise Broken(type(fault).__name__) from fault

    def close(self) -> None:
        """Drop the connection; the next question makes a new one."""
        if self._connection is not None:
            self._connection.finish()
        self._connection, self._asked = None, False

    def _connected(self, until: float) -> pq.abc.PGconn:
        connection = pq.PGconn.connect_start(self._conninfo)
        try:
            _connect(connection, until)
        except BaseException:
            connection.finish()
            raise
        connection.nonblocking = 1
        self._connection = connection
        return connection

    def _await_answer(self, connection: pq.abc.PGconn, until: float) -> None:
        while connection.flush():
            _wait(connection.socket, until, writing=True)
        while True:
            connection.consume_input()
            if connection.is_busy():
                _wait(connection.socket, until, writing=False)
                continue
            result = connection.get_result()
            if result is None:
                return
            if result.status != pq.ExecStatus.TUPLES_OK:
                raise Broken


# What Django and psycopg read themselves, not libpq.
NOT_LIBPQ = {"cursor_factory", "context", "prepare_threshold", "autocommit", "row_factory"}


def _connect(connection: pq.abc.PGconn, until: float) -> None:
    while (state := connection.connect_poll()) != pq.PollingStatus.OK:
        if state == pq.PollingStatus.FAILED:
            raise Broken
        _wait(connection.socket, until, writing=state == pq.PollingStatus.WRITING)


def _wait(socket: int, until: float, *, writing: bool) -> None:
    poll = select.poll()
    poll.register(socket, select.POLLOUT if writing else select.POLLIN)
    # Asked once more without waiting: a process that was not scheduled for a while must not blame the database.
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000) and not poll.poll(0):
        raise Silent
