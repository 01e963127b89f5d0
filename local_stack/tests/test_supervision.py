"""The supervisor with real processes: keeps them alive, ends them all, and its death is survivable."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from random import SystemRandom

import psutil
import pytest

from local_stack import ports
from local_stack.home import Home
from local_stack.supervision import client, leftovers
from local_stack.supervision.client import Supervisor
from local_stack.supervision.spec import ProcessSpec, Report
from local_stack.tests.conftest import MakeSpec


@pytest.fixture
def port() -> int:
    return ports.free(SystemRandom()).of_web("catalog")


@pytest.fixture
def supervisor(home: Home) -> Iterator[Supervisor]:
    started = client.start(home)
    yield started
    if client.find(home):
        started.quit()


def until(supervisor: Supervisor, name: str, wanted: Callable[[Report], bool]) -> Report:
    """The first report of this process that is as wanted; fails after ten seconds of changes."""
    deadline = time.time() + 10
    while time.time() < deadline:
        [report] = [report for report in supervisor.reports() if report.name == name]
        if wanted(report):
            return report
    raise AssertionError(report)


def ready(supervisor: Supervisor, specs: list[ProcessSpec]) -> list[Report]:
    supervisor.start(specs)
    *_, last = supervisor.wait([spec.name for spec in specs], timeout_s=10)
    assert {report.state for report in last} == {"ready"}
    return last


def test_a_killed_process_is_started_again_and_counted(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    [before] = ready(supervisor, [spec("a", port)])
    assert before.pid

    os.kill(before.pid, signal.SIGKILL)

    after = until(supervisor, "a", lambda report: report.state == "ready" and report.pid != before.pid)
    assert (after.restarts, after.last_exit, after.failures) == (1, -signal.SIGKILL, 0)


def test_pauses_between_tries_grow(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    supervisor.start([spec("a", port, "die")])

    second = until(supervisor, "a", lambda report: report.failures == 2 and report.next_try_at is not None)

    assert second.last_exit == 3
    assert second.next_try_at
    assert second.next_try_at - time.time() > 0.5


def test_waiting_ends_when_a_process_dies_three_times(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    supervisor.start([spec("a", port, "die")])

    *_, last = supervisor.wait(["a"], timeout_s=60)

    assert last[0].failures == 3


def test_starting_twice_starts_once(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    [before] = ready(supervisor, [spec("a", port)])

    started = supervisor.start([spec("a", port)])

    assert started == []
    assert supervisor.reports()[0].pid == before.pid


def test_the_children_of_a_killed_process_go_with_it(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    [before] = ready(supervisor, [spec("a", port, "family")])
    [child] = psutil.Process(before.pid).children()
    assert before.pid

    os.kill(before.pid, signal.SIGKILL)

    until(supervisor, "a", lambda report: report.restarts == 1)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_what_does_not_listen_is_ended_by_force(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    [before] = ready(supervisor, [spec("a", port, "deaf")])

    ended = supervisor.stop(["a"])

    assert ended == ["a"]
    assert not psutil.pid_exists(before.pid or 0)


def test_a_paused_process_is_unready_and_can_be_ended(supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    [before] = ready(supervisor, [spec("a", port)])
    assert before.pid

    os.kill(before.pid, signal.SIGSTOP)
    until(supervisor, "a", lambda report: report.state == "unready")
    supervisor.stop(["a"])

    assert not psutil.pid_exists(before.pid)


def test_quitting_ends_everything(home: Home, supervisor: Supervisor, spec: MakeSpec, port: int) -> None:
    ready(supervisor, [spec("a", port), spec("b", port + 1, group="parts")])

    supervisor.quit()

    assert client.find(home) is None
    assert leftovers.find(home) == []


def test_the_orphans_of_a_killed_supervisor_are_found_and_ended(
    home: Home, supervisor: Supervisor, spec: MakeSpec, port: int
) -> None:
    reports = ready(supervisor, [spec("a", port), spec("b", port + 1, "family")])

    os.kill(supervisor.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(supervisor.pid)], timeout=5)
    orphans = leftovers.find(home)
    leftovers.end(orphans)

    assert client.find(home) is None
    assert {report.pid for report in reports} < {orphan.pid for orphan in orphans}  # and the grandchild
    assert leftovers.find(home) == []


def test_a_stranger_with_a_recorded_pid_is_left_alone(home: Home) -> None:
    stranger = psutil.Popen(["sleep", "60"])
    row = {"pid": stranger.pid, "created": stranger.create_time() - 100, "name": "catalog-web"}
    (home.run / "processes.json").write_text(
        f"[{{{', '.join(f'{chr(34)}{k}{chr(34)}: {v!r}' for k, v in row.items())}}}]"
    )

    found = leftovers.find(home)

    stranger.kill()
    stranger.wait()
    assert found == []


def test_a_wrong_password_gets_no_answer(home: Home, supervisor: Supervisor) -> None:
    stranger = Supervisor(home, {**supervisor._address, "password": "guessed"})

    with pytest.raises(client.SupervisorGone):
        stranger.reports()
