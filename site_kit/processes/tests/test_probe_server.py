"""What a worker and a consumer say of themselves."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from site_kit.processes import probe_server as probes
from site_kit.processes.probe_server import ProbeServer

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def server() -> Iterator[ProbeServer]:
    server = ProbeServer(host="127.0.0.1", port=0, metrics_token="t" * 16)
    server.start()
    yield server
    server.stop()


def asked(server: ProbeServer, path: str, token: str = "") -> tuple[int, str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], refused.read()


def test_it_says_that_it_lives(server: ProbeServer) -> None:
    status, kind, body = asked(server, "/health/live")

    assert (status, kind, json.loads(body)) == (200, "application/json", {"status": "ok"})


def test_ready_names_the_parts(server: ProbeServer) -> None:
    status, _, body = asked(server, "/health/ready")

    assert status == 200
    assert json.loads(body)["parts"]["database"] == "up"


def test_without_the_database_it_is_not_ready_and_says_so_as_a_problem(
    server: ProbeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_kit.processes.database_gate.is_open", lambda: False)

    status, kind, body = asked(server, "/health/ready")

    assert (status, kind) == (503, "application/problem+json")
    assert json.loads(body)["code"] == "database_unavailable"
    assert json.loads(body)["details"]["parts"]["database"] == "down"


def test_metrics_are_open_on_this_machine(server: ProbeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "render_metrics", lambda: (b"up 1\n", "text/plain"))

    assert asked(server, "/metrics") == (200, "text/plain", b"up 1\n")


def test_metrics_need_the_token_from_elsewhere(server: ProbeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "render_metrics", lambda: (b"up 1\n", "text/plain"))
    monkeypatch.setattr("ipaddress.ip_address", lambda address: _Elsewhere())

    assert asked(server, "/metrics")[0] == 401
    assert asked(server, "/metrics", token="x" * 16)[0] == 401
    assert asked(server, "/metrics", token="t" * 16)[0] == 200


def test_anything_else_is_not_there(server: ProbeServer) -> None:
    status, kind, _ = asked(server, "/admin/")

    assert (status, kind) == (404, "application/problem+json")


class _Elsewhere:
    is_loopback = False


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/health/ready", 405), ("GET", "/nothing", 404)])
def test_every_error_is_a_problem_with_the_id_of_its_request(
    server: ProbeServer, method: str, path: str, status: int
) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)

    line.request(method, path, headers={"X-Request-ID": "mine-1"})
    answer = line.getresponse()
    body = json.loads(answer.read())
    line.close()

    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.headers["X-Request-ID"] == body["request_id"] == "mine-1"


def test_head_is_get_without_the_body(server: ProbeServer) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)

    line.request("HEAD", "/health/live")
    answer = line.getresponse()
    body = answer.read()
    line.close()

    assert (answer.status, body) == (200, b"")
    assert answer.headers["X-Request-ID"]
