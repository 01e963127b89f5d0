"""A real web process: shared memory before the fork, threads after it, and a database that may come and go."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from site_kit.backoffice.models import StaffMember
from site_kit.testing.wire import Wire

ROOT = Path(__file__).resolve().parents[3]
PORT = 18_098
STARTED_WITHIN_S = 30.0
EVERY_WORKER_S = 0.5


@dataclass
class Site:
    """The sample site's web process and the wire to its database."""

    process: "subprocess.Popen[bytes]"
    wire: Wire
    log: Path

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, float]:
        """Status, body and seconds; status 0 when nobody answered."""
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        try:
            line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = line.getresponse()
            return answer.status, answer.read(), time.monotonic() - began
        except OSError:
            return 0, b"", time.monotonic() - began
        finally:
            line.close()

    def wait_for(self, status: int, *, within_s: float) -> None:
        """Wait until ready answers with that status, and has for half a second, whichever worker was asked."""
        until = time.monotonic() + within_s
        since = time.monotonic()
        while time.monotonic() - since < EVERY_WORKER_S:
            if self.get("/health/ready")[0] != status:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < until, self.log.read_text()
                since = time.monotonic()
            time.sleep(0.02)

    def lines(self) -> list[dict[str, object]]:
        """The log, parsed."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def start(committed_database: str, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    there = connection.settings_dict
    wire = Wire(there["HOST"], int(there["PORT"]))
    started: list[subprocess.Popen[bytes]] = []

    def begin(*, database_is_there: bool = True) -> Site:
        if not database_is_there:
            wire.cut()
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "site_kit.testing.project.settings",
            "SAMPLE_DATABASE_URL": f"postgresql://{there['USER']}:{there['PASSWORD']}@127.0.0.1:{wire.port}"
            f"/{committed_database}",
            "SAMPLE_STATE_DIR": str(tmp_path),
            "SAMPLE_PORT": str(PORT),
            "LOG_FORMAT": "json",
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "python:site_kit.processes.gunicorn_conf"]
        log = tmp_path / "web.log"
        with log.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603
                [*command, "site_kit.testing.project.wsgi:application"],
                env=environment,
                cwd=ROOT,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        started.append(process)
        return Site(process, wire, log)

    yield begin
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    wire.close()


def logged_in() -> str:
    """The cookie of a person with every right."""
    member = StaffMember.objects.create_superuser("admin", "x")
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    connection.close()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def test_it_starts_answers_and_ends_within_its_grace(start: Callable[..., Site]) -> None:
    site = start()
    site.wait_for(200, within_s=STARTED_WITHIN_S)

    assert site.get("/admin/login/")[0] == 200
    assert site.get("/static/backoffice/look.css")[0] == 200
    began = time.monotonic()
    site.process.terminate()
    assert site.process.wait(timeout=15) == 0
    assert time.monotonic() - began < 10
    assert {line["process"] for line in site.lines()} == {"web"}


def test_two_workers_are_counted_together(start: Callable[..., Site]) -> None:
    site = start()
    site.wait_for(200, within_s=STARTED_WITHIN_S)
    before = _logins(site)

    threads = [threading.Thread(target=site.get, args=("/admin/login/",)) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {_logins(site) for _ in range(6)} == {before + 24}


@pytest.mark.parametrize("fault", ["silent", "cut"])
def test_requests_are_refused_within_a_second_and_served_again_by_themselves(
    start: Callable[..., Site], fault: str
) -> None:
    site = start()
    site.wait_for(200, within_s=STARTED_WITHIN_S)
    cookie = logged_in()
    assert site.get("/admin/shelf/box/", cookie)[0] == 200, site.log.read_text()

    getattr(site.wire, fault)()
    site.wait_for(503, within_s=3)

    for path in ("/admin/shelf/box/", "/health/ready"):
        status, _, took_s = site.get(path, cookie)
        assert (status, took_s < 1.0) == (503, True)
    assert site.get("/health/live")[0] == 200

    site.wire.mend()
    site.wait_for(200, within_s=5)
    assert site.get("/admin/shelf/box/", cookie)[0] == 200, site.log.read_text()


def test_it_starts_without_its_database(start: Callable[..., Site]) -> None:
    site = start(database_is_there=False)
    site.wait_for(503, within_s=STARTED_WITHIN_S)
    assert site.get("/health/live")[0] == 200

    site.wire.mend()

    site.wait_for(200, within_s=5)
    assert site.get("/admin/login/")[0] == 200


def test_a_killed_worker_is_replaced_and_its_counts_stay(start: Callable[..., Site]) -> None:
    site = start()
    site.wait_for(200, within_s=STARTED_WITHIN_S)
    site.get("/admin/login/")
    counted = _logins(site)
    victim = next(line for line in site.lines() if str(line["event"]).startswith("Booting worker"))

    os.kill(int(str(victim["event"]).rpartition(" ")[2]), signal.SIGKILL)

    site.wait_for(200, within_s=10)
    assert _logins(site) == counted


def _logins(site: Site) -> int:
    metrics = site.get("/metrics")[1].decode()
    name = 'django_http_requests_total_by_view_transport_method_total{method="GET",transport="http",view="admin:login"}'
    values = [line.rpartition(" ")[2] for line in metrics.splitlines() if line.startswith(name)]
    return int(float(values[0])) if values else 0
