"""Rows: up twice; after kill -9 of everything, and of the supervisor alone; stdin closed and no terminal."""

import os
import signal
import sys

import psutil

from local_stack import exit_codes
from local_stack.supervision import client, leftovers
from tests.first_run.front_door import FrontDoor


def test_up_twice_leaves_the_same_processes(running: FrontDoor) -> None:
    rows, processes = running.rows(), running.processes()

    again = running.up()

    assert again.code == exit_codes.OK
    assert "It runs already; nothing was started." in again.err
    assert running.processes() == processes
    assert running.rows() == rows
    assert "It runs already" in running.doctor()["running"]["says"]


def test_up_with_another_offset_is_refused_while_it_runs(running: FrontDoor) -> None:
    processes = running.processes()

    refused = running("up", "--detach", "--port-offset", str(running.offset + 1))

    assert refused.code == exit_codes.USAGE
    assert f"It runs already, with --port-offset {running.offset}" in refused.err
    assert running.processes() == processes


def test_up_after_kill_9_of_everything(running: FrontDoor) -> None:
    rows = running.rows()
    supervisor = client.find(running.home)
    assert supervisor
    victims = [psutil.Process(supervisor.pid), *leftovers.find(running.home)]
    for victim in victims:  # the supervisor first, or it would start the others again
        victim.send_signal(signal.SIGKILL)
    psutil.wait_procs(victims, timeout=10)

    again = running.up()

    assert again.code == exit_codes.OK, again.err
    assert "The last run did not end by itself" in again.err
    assert set(running.processes().values()).isdisjoint({victim.pid for victim in victims})
    assert running.rows() == rows


def test_up_after_kill_9_of_the_supervisor_alone(running: FrontDoor) -> None:
    rows, orphans = running.rows(), running.processes()
    supervisor = client.find(running.home)
    assert supervisor
    os.kill(supervisor.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(supervisor.pid)], timeout=10)
    assert "left" in running.doctor()["running"]["says"]

    again = running.up()

    assert again.code == exit_codes.OK, again.err
    assert "The last supervisor died: ending" in again.err
    assert set(running.processes().values()).isdisjoint(orphans.values())
    assert running.rows() == rows


def test_down_ends_the_orphans_of_a_dead_supervisor_and_no_other(running: FrontDoor) -> None:
    stranger = psutil.Popen([sys.executable, "-c", "import signal; signal.pause()"], cwd=running.state)
    supervisor = client.find(running.home)
    assert supervisor
    os.kill(supervisor.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(supervisor.pid)], timeout=10)

    ended = running("down")

    assert ended.code == exit_codes.OK
    assert "processes have ended" in ended.err
    assert leftovers.find(running.home) == []
    assert stranger.is_running()
    stranger.kill()
    stranger.wait()


def test_up_with_stdin_closed_and_no_terminal(stopped: FrontDoor) -> None:
    rows = stopped.rows()

    def close_stdin() -> None:
        os.close(0)

    began = stopped.up(stdin=None, preexec_fn=close_stdin, start_new_session=True)

    assert began.code == exit_codes.OK, began.err
    assert "\x1b" not in began.err
    assert "→ Open http://127.0.0.1:" in began.err
    assert stopped.rows() == rows
    assert stopped.doctor()["terminal"]["ok"]
