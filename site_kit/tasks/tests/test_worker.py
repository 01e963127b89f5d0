"""A real worker on the real Valkey, which may be away at the start and go away in flight."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from site_kit.tasks.models import Turn
from site_kit.testing.wire import Wire

ROOT = Path(__file__).resolve().parents[3]
PORT = 18_099
WORK = "shelf.count_heavy_boxes"
STARTED_WITHIN_S = 30.0
RECOVERED_WITHIN_S = 30.0


@pytest.fixture
def wire() -> Iterator[Wire]:
    at = urlsplit(settings.ENV.valkey_url)
    with Wire(at.hostname or "", at.port or 6379) as wire:
        yield wire


def _through(wire: Wire) -> str:
    """Valkey's address with its password, if it has one, by way of the wire."""
    at = urlsplit(str(settings.ENV.valkey_url))
    secret, sign, _ = at.netloc.rpartition("@")
    return at._replace(netloc=f"{secret}{sign}127.0.0.1:{wire.port}").geturl()


@dataclass
class RunningWorker:
    """A worker process of the sample site."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def ready(self) -> dict[str, object]:
        """What it answers on its probe port; empty while it does not."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT + 1000}/health/ready", timeout=2) as answer:
                found: dict[str, object] = json.load(answer)
                return found
        except OSError:
            return {}

    def wait_for(self, truth: Callable[[], bool], *, within_s: float) -> None:
        """Wait for something to come true while the process lives."""
        until = time.monotonic() + within_s
        while not truth():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def works_again(self) -> bool:
        """Whether a turn has begun since the last call."""
        done = Turn.objects.filter(name=WORK).delete()[0]
        return done > 0


@pytest.fixture
def worker(committed_database: str, wire: Wire, tmp_path: Path) -> Iterator[Callable[[], RunningWorker]]:
    there = connection.settings_dict
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "site_kit.testing.project.settings",
        "SAMPLE_DATABASE_URL": f"postgresql://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT']}"
        f"/{committed_database}",
        "SAMPLE_STATE_DIR": str(tmp_path),
        "SAMPLE_PORT": str(PORT),
        "VALKEY_URL": _through(wire),
        "LOG_FORMAT": "json",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start() -> RunningWorker:
        log = tmp_path / "worker.log"
        with log.open("wb") as out:
            command = [sys.executable, "-m", "site_kit.tasks.run_worker", "site_kit.testing.project.celery_app"]
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=out, stderr=out)  # noqa: S603
        started.append(process)
        return RunningWorker(process, log)

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_it_works_says_so_in_json_and_ends_when_told(worker: Callable[[], RunningWorker]) -> None:
    running = worker()

    running.wait_for(running.works_again, within_s=STARTED_WITHIN_S)
    running.wait_for(lambda: running.ready().get("status") == "ok", within_s=5)
    running.process.terminate()

    assert running.process.wait(timeout=10) == 0
    lines = [json.loads(line) for line in running.log.read_text().splitlines()]
    assert {line["process"] for line in lines} == {"worker"}
    assert "worker_started" in {line["event"] for line in lines}


def test_it_starts_without_valkey_and_works_as_soon_as_it_is_there(
    worker: Callable[[], RunningWorker], wire: Wire
) -> None:
    wire.cut()
    running = worker()
    running.wait_for(lambda: running.ready().get("status") == "degraded", within_s=STARTED_WITHIN_S)

    wire.mend()

    running.wait_for(running.works_again, within_s=RECOVERED_WITHIN_S)


@pytest.mark.parametrize("fault", ["cut", "silent"])
def test_valkey_may_go_away_in_flight(worker: Callable[[], RunningWorker], wire: Wire, fault: str) -> None:
    running = worker()
    running.wait_for(running.works_again, within_s=STARTED_WITHIN_S)

    getattr(wire, fault)()
    running.wait_for(lambda: running.ready().get("status") == "degraded", within_s=15)
    wire.mend()

    running.works_again()
    running.wait_for(running.works_again, within_s=RECOVERED_WITHIN_S)
    running.wait_for(lambda: running.ready().get("status") == "ok", within_s=15)
