"""The small HTTP server by which a worker or a consumer says that it lives: live, ready, metrics."""

import hmac
import ipaddress
import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.db import close_old_connections

from site_kit.context import correlation_id_from
from site_kit.processes.readiness import readiness
from site_kit.telemetry.metrics import render_metrics

JSON = "application/json"
PROBLEM = "application/problem+json"
Answer = tuple[int, str, bytes]


class ProbeServer:
    """Answers on its own threads, so that it says "live" while the process works."""

    def __init__(self, *, host: str, port: int, metrics_token: str | None = None) -> None:
        handler = type("ProbeRequest", (_ProbeRequest,), {"metrics_token": metrics_token})
        self._server = _Server((host, port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="probe-server", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 16

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no news."""


class _ProbeRequest(BaseHTTPRequestHandler):
    timeout = 5
    server_version = "site-kit"
    sys_version = ""
    protocol_version = "HTTP/1.0"
    metrics_token: str | None = None
    request_id: str = ""
    headers: Any = None

    def do_GET(self) -> None:
        """Answer one of the three questions."""
        answers = {"/health/live": self._live, "/health/ready": self._ready, "/metrics": self._metrics}
        answer = answers.get(self.path.partition("?")[0], self._unknown)
        self.request_id = correlation_id_from(self.headers.get("X-Request-ID"))
        self._send(*answer())

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What http.server refuses itself, a method or a malformed request, as a problem too."""
        self.request_id = correlation_id_from(None if self.headers is None else self.headers.get("X-Request-ID"))
        self.close_connection = True
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._send(*self._problem(405, "method_not_allowed", "Ask with GET."))
        else:
            self._send(*self._problem(code, "bad_request", "This is no HTTP request for a probe."))

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Request-ID", self.request_id)
        if status == HTTPStatus.UNAUTHORIZED:
            self.send_header("WWW-Authenticate", "Bearer")
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Probes are not logged."""

    def _live(self) -> Answer:
        return 200, JSON, _json(status="ok")

    def _ready(self) -> Answer:
        now = readiness()
        if now.http_status == 200:
            return 200, JSON, _json(status=now.status, parts=dict(now.parts))
        detail = "The site's own database does not answer."
        return self._problem(503, "database_unavailable", detail, parts=dict(now.parts))

    def _metrics(self) -> Answer:
        if not self._may_read_metrics():
            return self._problem(401, "not_authenticated", "From here, metrics need the metrics token.")
        try:
            body, content_type = render_metrics()
        finally:
            close_old_connections()
        return 200, content_type, body

    def _may_read_metrics(self) -> bool:
        if ipaddress.ip_address(self.client_address[0]).is_loopback:
            return True
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return self.metrics_token is not None and hmac.compare_digest(given.encode(), self.metrics_token.encode())

    def _unknown(self) -> Answer:
        return self._problem(404, "not_found", "Here are /health/live, /health/ready and /metrics.")

    def _problem(self, status: int, code: str, detail: str, **details: Any) -> Answer:
        facts: dict[str, Any] = {
            "type": f"urn:problem:{code}",
            "title": code.replace("_", " ").capitalize(),
            "status": status,
            "detail": detail,
            "code": code,
            "request_id": self.request_id,
        }
        return status, PROBLEM, _json(**facts, **({"details": details} if details else {}))


def _json(**facts: Any) -> bytes:
    return json.dumps(facts).encode()
