"""The gate is closed within a second of the database going away, and opens by itself."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from structlog.testing import capture_logs

from site_kit.processes import readiness as process_readiness
from site_kit.processes.database_gate import DatabaseGate
from site_kit.processes.database_probe import Broken, DatabaseProbe, Silent
from site_kit.testing.wire import Wire

pytestmark = pytest.mark.django_db


@pytest.fixture
def wire() -> Iterator[Wire]:
    there = connection.settings_dict
    with Wire(there["HOST"], int(there["PORT"])) as wire:
        yield wire


@pytest.fixture
def probe(wire: Wire) -> Iterator[DatabaseProbe]:
    parameters: dict[str, Any] = {**connection.get_connection_params(), "host": "127.0.0.1", "port": wire.port}
    probe = DatabaseProbe.of_django(parameters)
    yield probe
    probe.close()


@pytest.fixture
def gate(probe: DatabaseProbe) -> Iterator[DatabaseGate]:
    gate = DatabaseGate()
    gate.start(probe)
    yield gate
    gate.stop()


def seconds_until(truth: Callable[[], bool], *, within_s: float) -> float:
    began = time.monotonic()
    while not truth():
        assert time.monotonic() - began < within_s, "it did not come true"
        time.sleep(0.01)
    return time.monotonic() - began


def test_a_gate_that_nobody_started_is_open() -> None:
    assert DatabaseGate().is_open


def test_a_started_gate_is_open_when_start_returns(gate: DatabaseGate) -> None:
    assert gate.is_open


@pytest.mark.parametrize("fault", ["silent", "cut"])
def test_it_closes_within_a_second_and_opens_by_itself(gate: DatabaseGate, wire: Wire, fault: str) -> None:
    getattr(wire, fault)()

    assert seconds_until(lambda: not gate.is_open, within_s=2) < 1.0
    wire.mend()
    assert seconds_until(lambda: gate.is_open, within_s=6) < 3.0


def test_a_connection_that_ends_alone_shuts_nothing(gate: DatabaseGate) -> None:
    with capture_logs() as logs, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name LIKE '%-gate' AND datname = current_database()"
        )
        assert cursor.fetchone() == (1,)
        threading.Event().wait(1.0)

    assert gate.is_open
    assert logs == []


def test_a_gate_started_without_a_database_is_closed_and_opens_later(probe: DatabaseProbe, wire: Wire) -> None:
    wire.cut()
    gate = DatabaseGate()

    began = time.monotonic()
    gate.start(probe)
    assert time.monotonic() - began < 1.0
    assert not gate.is_open

    wire.mend()
    seconds_until(lambda: gate.is_open, within_s=3)
    gate.stop()


def test_a_silent_question_still_stands_and_is_answered_later(probe: DatabaseProbe, wire: Wire) -> None:
    probe.ask(within_s=1)
    wire.silent()

    with pytest.raises(Silent):
        probe.ask(within_s=0.2)
    wire.mend()

    probe.ask(within_s=2)


def test_connecting_into_a_black_hole_takes_no_longer_than_told(probe: DatabaseProbe, wire: Wire) -> None:
    wire.silent()

    began = time.monotonic()
    with pytest.raises(Silent):
        probe.ask(within_s=0.3)

    assert time.monotonic() - began < 0.5


def test_a_refused_connection_is_broken_and_the_next_question_tries_again(probe: DatabaseProbe, wire: Wire) -> None:
    wire.cut()
    with pytest.raises(Broken):
        probe.ask(within_s=0.5)
    wire.mend()

    probe.ask(within_s=1)


def test_a_wrong_password_is_broken_not_silent(wire: Wire) -> None:
    parameters: dict[str, Any] = {**connection.get_connection_params(), "host": "127.0.0.1", "port": wire.port}
    probe = DatabaseProbe.of_django({**parameters, "password": "wrong"})

    with pytest.raises(Broken):
        probe.ask(within_s=1)


def test_readiness_is_503_only_for_the_own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = process_readiness.PartWatch()
    monkeypatch.setattr(process_readiness, "parts", watch)
    watch.start({"broker": lambda: False, "valkey": lambda: True})
    seconds_until(lambda: watch.states["broker"] == "down", within_s=2)

    degraded = process_readiness.readiness()
    assert (degraded.status, degraded.http_status, degraded.away) == ("degraded", 200, ("broker",))

    monkeypatch.setattr("site_kit.processes.database_gate.is_open", lambda: False)
    away = process_readiness.readiness()
    assert (away.status, away.http_status) == ("unavailable", 503)
    watch.stop()


def test_an_alarm_of_the_process_itself_degrades_it(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = process_readiness.PartWatch()
    monkeypatch.setattr(process_readiness, "parts", watch)
    process_readiness.register_alarm("ear", lambda: True)

    assert process_readiness.readiness().away == ("ear",)
