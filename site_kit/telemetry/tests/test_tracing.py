"""Traces: nothing without a collector; with one, spans that continue the caller's and lead on."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from site_kit.context import acting, current
from site_kit.telemetry import tracing

ROOT = Path(__file__).resolve().parents[3]
TRACE = "a" * 32
CALLER = f"00-{TRACE}-{'b' * 16}-01"

TRACED = """
import json, sys
from site_kit.context import acting, current
from site_kit.telemetry import tracing
tracing.start(site="sample", process="web", endpoint=sys.argv[1])
with acting(traceparent=sys.argv[2]):
    with tracing.span("GET /boxes", kind="server") as span:
        span.named("GET /boxes/<id>", http_status=200)
        inside = current().traceparent
    outside = current().traceparent
tracing.stop()
print(json.dumps([inside, outside]))
"""


class Collector(BaseHTTPRequestHandler):
    """Keeps what it is sent."""

    received: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        self.received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def collector() -> Iterator[HTTPServer]:
    Collector.received = []
    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def traced(endpoint: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    command = [sys.executable, "-c", TRACED, endpoint, CALLER]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60)  # noqa: S603
    found: list[str] = json.loads(done.stdout)
    return found


def test_off_a_span_records_nothing_and_carries_the_callers_trace_on() -> None:
    with acting(traceparent=CALLER), tracing.span("GET /boxes", kind="server") as span:
        span.named("GET /boxes/<id>", http_status=200)
        assert current().traceparent == CALLER


def test_on_a_span_continues_the_callers_trace_and_is_exported(collector: HTTPServer) -> None:
    inside, outside = traced(f"http://127.0.0.1:{collector.server_port}")

    assert inside.startswith(f"00-{TRACE}-")
    assert inside != CALLER
    assert outside == CALLER
    [(path, body)] = Collector.received
    assert path == "/v1/traces"
    assert b"GET /boxes/<id>" in body
    assert bytes.fromhex(TRACE) in body
    assert b"sample-web" in body


def test_a_collector_that_is_away_costs_spans_and_two_seconds_at_the_end() -> None:
    inside, _ = traced("http://127.0.0.1:9")

    assert inside.startswith(f"00-{TRACE}-")
