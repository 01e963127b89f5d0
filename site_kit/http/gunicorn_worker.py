"""gunicorn's gthread worker without its two rough edges: threads held by slow callers, and errors as HTML."""

import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any
from uuid import uuid4

import structlog
from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn, ThreadWorker

from site_kit.context import acting
from site_kit.http.arrival import MOST_BYTES, Arrival
from site_kit.http.problem import MEDIA_TYPE, Problem
from site_kit.http.renderers import dumped

log = structlog.get_logger(__name__)

ARRIVES_WITHIN_S = 15.0
CODES: Mapping[type[Exception], str] = {
    errors.LimitRequestLine: "uri_too_long",
    errors.LimitRequestHeaders: "headers_too_large",
    errors.ExpectationFailed: "expectation_failed",
    errors.UnsupportedTransferCoding: "unsupported_transfer_coding",
    errors.ForbiddenProxyRequest: "permission_denied",
    errors.ConfigurationProblem: "internal_error",
    errors.ParseException: "bad_request",
}
SERVERS_OWN = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """`worker_class` of a site.

    A thread is given to a request when all of it (up to 32 kB) has arrived, not when its caller connects: two
    hundred connections that send a byte a second hold no thread, and end after 15 s. What cannot be
    parsed is answered with problem+json, and logged without the caller's address.
    """

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its request in the poller."""
        if self.cfg.is_ssl:
            super().accept(listener)  # encrypted bytes tell nothing
            return
        try:
            wire, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        self._await(TConn(self.cfg, wire, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """The next request on a kept connection begins."""
        if self.cfg.is_ssl:
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        """More of a request has arrived."""
        arrival = getattr(conn, "arrival", None)
        try:
            if arrival is not None and not arrival.is_over():
                return
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
            return
        super().on_pending_socket_readable(conn, client)

    def murder_pending(self) -> None:
        """End the connections whose request has not arrived in time; those that began one hear why."""
        now = time.monotonic()
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            conn = self.pending_conns[0]
            if getattr(conn, "arrival", None) is not None and conn.arrival.has_begun:
                self._refuse_late(conn.sock)
            self._drop(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that Django never saw, or whose answer could not be sent."""
        refuse(client, problem_of(exc), error=type(exc).__name__)

    def _await(self, conn: Any) -> None:
        conn.sock.setblocking(False)
        conn.arrival = Arrival(conn.sock)
        try:
            if conn.arrival.is_over():  # nearly always: the request came with the connection, or in one packet
                conn.data_ready = True
                self.enqueue_req(conn)
                return
        except BlockingIOError:
            pass
        except OSError:
            self.nr_conns -= 1
            conn.close()
            return
        conn.timeout = time.monotonic() + ARRIVES_WITHIN_S
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _refuse_late(self, wire: socket.socket) -> None:
        with suppress(OSError):
            wire.recv(MOST_BYTES)  # closed with bytes unread, the connection would be reset and the answer lost
            refuse(wire, Problem.of("request_timeout"), error="Late")
            wire.shutdown(socket.SHUT_WR)

    def _drop(self, conn: Any) -> None:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)


def refuse(wire: socket.socket, problem: Problem, *, error: str) -> None:
    """Answer straight onto the wire, without waiting for a caller who does not read."""
    with acting(correlation_id=str(uuid4())):
        tell = log.error if problem.status >= 500 else log.info
        tell("connection_refused", code=problem.code, status=problem.status, error=error)
        with suppress(OSError):
            util.write_nonblock(wire, wire_form(problem))


def problem_of(exc: BaseException) -> Problem:
    """The problem behind gunicorn's complaint; never its words, which repeat what the caller sent."""
    if isinstance(exc, SERVERS_OWN):
        return Problem.of("internal_error")
    return Problem.of(next((CODES[kind] for kind in type(exc).__mro__ if kind in CODES), "internal_error"))


def wire_form(problem: Problem) -> bytes:
    """The whole answer as bytes; the connection ends with it."""
    document = problem.body()
    content = dumped(document)
    head = (
        f"HTTP/1.1 {problem.status} {document['title']}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(content)}",
        f"X-Request-ID: {document['request_id']}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
    )
    return "\r\n".join((*head, "", "")).encode("latin-1") + content
