"""The shelf in two real workers: what never reaches Django, and what all workers share."""

import json
import os
import socket
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from site_kit.http.arrival import wanted_bytes

ROOT = Path(__file__).resolve().parents[3]


class Answer(NamedTuple):
    """An answer off the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Two workers on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    command = [
        sys.executable, "-m", "gunicorn", "-w", "2", "--threads", "4", "-b", f"127.0.0.1:{number}",
        "-k", "site_kit.http.gunicorn_worker.PatientWorker", "--limit-request-line", "4094",
        "--no-control-socket", "site_kit.http.tests.wsgi:application",
    ]  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "site_kit.http.tests.settings",
        "HTTP_TEST_SITE": f"shelf{uuid4().hex[:8]}",
    }
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE)  # noqa: S603 - our own words
    try:
        wait_until_it_listens(number, process)
        yield number
    finally:
        process.terminate()
        process.communicate(timeout=20)


def wait_until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            if send(port, b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"gunicorn did not come up: {process.stderr.read(4000) if process.stderr else b''!r}")


def send(port: int, raw: bytes) -> Answer:
    """One request in raw bytes on a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(raw)
        return receive(wire)


def receive(wire: socket.socket) -> Answer:
    """The next answer on a connection."""
    received = b""
    while b"\r\n\r\n" not in received or len(received) < expected_length(received):
        chunk = wire.recv(65_536)
        if not chunk:
            break
        received += chunk
    return parsed(received)


def expected_length(received: bytes) -> int:
    answer = parsed(received)
    return received.index(b"\r\n\r\n") + 4 + int(answer.headers.get("content-length", "0"))


def parsed(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, body)


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"nonsense\r\n\r\n", 400, "bad_request"),
        (b"G<>T / HTTP/1.1\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/9.9\r\n\r\n", 400, "bad_request"),
        (b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\n\r\n", 414, "uri_too_long"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 65_536 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 500 + b"\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nbad header: a\r\n\r\n", 400, "bad_request"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n", 400, "bad_request"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, "bad_request"),
    ],
)
def test_what_django_never_sees_is_a_problem_too(port: int, raw: bytes, status: int, code: str) -> None:
    answer = send(port, raw)

    body: dict[str, Any] = json.loads(answer.body)
    assert (answer.status, body["status"], body["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == body["request_id"]
    assert b"aaaa" not in answer.body


def test_a_chunked_body_is_asked_for_its_length_over_the_wire(port: int, token: Any) -> None:
    head = (
        b"POST /api/v1/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer " + token().encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    )

    answer = send(port, head + b"2\r\n{}\r\n0\r\n\r\n")

    assert answer.status in {401, 411}  # 401: the workers have a key file of their own
    assert answer.headers["content-type"] == "application/problem+json"


def test_two_workers_share_one_count(port: int) -> None:
    ask = b"GET /api/v1/narrow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: send(port, ask), range(60)))

    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) == {200, 429}
    assert 5 <= statuses[200] <= 7  # five at once, and one more every twelve seconds
    assert all("retry-after" in answer.headers for answer in answers if answer.status == 429)


LIVE = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
KEPT = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SLOW = [
    b"",
    b"GET",
    b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:",
    b"POST /api/v1/narrow HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{",
]


@pytest.mark.parametrize("part", SLOW)
def test_two_hundred_callers_who_send_half_a_request_hold_no_thread(port: int, part: bytes) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        for wire in slow:
            wire.sendall(part)
        begun = time.monotonic()
        answers = [send(port, LIVE) for _ in range(10)]

        assert {answer.status for answer in answers} == {200}
        assert time.monotonic() - begun < 5
    finally:
        for wire in slow:
            wire.close()


def test_a_request_in_small_pieces_is_answered_when_it_is_whole(port: int) -> None:
    body = b'{"a": "' + b"x" * 5_000 + b'"}'
    head = b"POST /api/v1/narrow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\ncontent-length: %d\r\n\r\n" % len(
        body
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for place in range(0, len(head + body), 97):
            wire.sendall((head + body)[place : place + 97])
        assert receive(wire).status in {200, 415, 429}


def test_a_kept_connection_serves_many_requests_also_when_they_come_at_once(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        for _ in range(3):
            wire.sendall(KEPT)
            assert receive(wire).status == 200
        wire.sendall(KEPT * 3)
        received = b""
        while received.count(b"HTTP/1.1 200") < 3:
            received += wire.recv(65_536)


def test_a_large_body_is_read_as_far_as_the_site_wants(port: int) -> None:
    body = b'"' + b"x" * 500_000 + b'"'
    head = (
        b"POST /api/v1/narrow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    )

    assert send(port, head + body).status in {200, 429}


def test_callers_who_hang_up_leave_nothing_behind(port: int) -> None:
    for part in SLOW:
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port)) as wire:
                wire.sendall(part)
    reset = socket.create_connection(("127.0.0.1", port))
    reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    reset.sendall(b"GET /")
    reset.close()

    assert send(port, LIVE).status == 200


def test_a_request_that_never_comes_ends_the_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall(b"GET /")
        begun = time.monotonic()
        answer = receive(wire)

        assert (answer.status, json.loads(answer.body)["code"]) == (408, "request_timeout")
        assert wire.recv(1) == b""
        assert 13 <= time.monotonic() - begun <= 25


@pytest.mark.parametrize(
    ("here", "wanted"),
    [
        (b"", 1),
        (b"GET / HT", 9),
        (b"GET / HTTP/1.1\r\n\r\n", 18),
        (b"GET / HTTP/1.1\r\n\r\nmore", 18),
        (b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n", 49),
        (b"POST / HTTP/1.1\r\nX: a\r\nCONTENT-LENGTH:10 \r\n\r\nab", 55),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 39),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\n", 57),
        (b"POST / HTTP/1.1\r\nX-Content-Length: 10\r\n\r\n", 41),
        (b"POST / HTTP/1.1\r\n\r\nContent-Length: 10\r\n", 19),
    ],
)
def test_a_request_is_whole_by_its_own_words(here: bytes, wanted: int) -> None:
    assert wanted_bytes(here) == wanted
