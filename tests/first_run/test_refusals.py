"""Rows: a port taken, a full state folder, data of another PostgreSQL, two clones: refused before anything is done."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from local_stack import exit_codes
from tests.first_run.conftest import Cloned
from tests.first_run.front_door import FrontDoor
from tests.missing import missing

LISTENER = """
import signal, socket, sys
kept = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print(flush=True)
signal.pause()
"""
TMPFS_BYTES = 400_000_000


@contextmanager
def listening(port: int) -> Iterator[int]:
    """A stranger that listens on a port; its pid."""
    command = [sys.executable, "-c", LISTENER, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as stranger:
        assert stranger.stdout
        stranger.stdout.readline()
        yield stranger.pid
        stranger.kill()


@pytest.mark.parametrize(
    ("process", "port_of"),
    [
        ("catalog-web", lambda door: door.ports.of_web("catalog")),
        ("inventory-consumer", lambda door: door.ports.of_consumer("inventory")),
        ("kafka", lambda door: door.ports.of_part("kafka")),
    ],
)
def test_a_taken_port_is_named_with_who_has_it(
    stopped: FrontDoor, process: str, port_of: Callable[[FrontDoor], int]
) -> None:
    rows, port = stopped.rows(), port_of(stopped)
    with listening(port) as pid:
        refused = stopped.up()
        judged = stopped.doctor()

    assert refused.code == exit_codes.PORT_TAKEN
    assert f"Port {port} ({process}) is taken by python" in refused.err
    assert f"(pid {pid}: " in refused.err
    assert "--port-offset" in refused.err
    assert (judged["code"], judged["ports"]["exit_code"]) == (exit_codes.PORT_TAKEN, exit_codes.PORT_TAKEN)
    assert judged["ports"]["way_out"]
    assert stopped.processes() == {}
    assert stopped.rows() == rows


def test_data_of_another_major_version_is_not_touched(stopped: FrontDoor) -> None:
    rows = stopped.rows()
    version = stopped.state / "postgresql" / "data" / "PG_VERSION"
    written = version.read_text()
    version.write_text("16\n")
    try:
        refused = stopped.up()
        judged = stopped.doctor()
    finally:
        version.write_text(written)

    assert refused.code == exit_codes.OTHER_DATA
    assert "was written by PostgreSQL 16; this is 17, and nothing was touched" in refused.err
    assert (judged["code"], judged["data"]["exit_code"]) == (exit_codes.OTHER_DATA, exit_codes.OTHER_DATA)
    assert stopped.rows() == rows


@pytest.fixture
def small_tmpfs(scratch: Path) -> Iterator[Path]:
    """A small file system of its own; only root can make one."""
    if os.geteuid() != 0:
        missing("only root can mount a small tmpfs")
    folder = scratch / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={TMPFS_BYTES}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode != 0:
        missing("this machine does not let root mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_state_folder_is_refused(stopped: FrontDoor, small_tmpfs: Path) -> None:
    rows = stopped.rows()
    moved = replace(stopped, state=small_tmpfs / "state")
    subprocess.run(["cp", "-a", str(stopped.state), str(moved.state)], check=True)
    filler = small_tmpfs / "filler"
    with filler.open("wb") as file:
        file.truncate(0)
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(small_tmpfs).free - 8_000_000)

    refused = moved.up()
    judged = moved.doctor()

    assert refused.code == exit_codes.NO_SPACE
    assert f"The state folder {moved.state} is full" in refused.err
    assert (judged["code"], judged["space"]["exit_code"]) == (exit_codes.NO_SPACE, exit_codes.NO_SPACE)
    filler.unlink()
    assert moved.rows() == rows


def test_a_second_clone_is_refused_and_told_where_the_first_is(running: FrontDoor, clone_at: Cloned) -> None:
    rows, processes = running.rows(), running.processes()
    second = clone_at("second clone")

    refused = second.up()
    judged = second.doctor()

    assert refused.code == exit_codes.OTHER_CLONE
    assert f"Another First Viscount runs from {running.clone}" in refused.err
    assert "--port-offset" in refused.err
    assert (judged["code"], judged["other_clone"]["exit_code"]) == (exit_codes.OTHER_CLONE, exit_codes.OTHER_CLONE)
    assert running.processes() == processes
    assert running.rows() == rows


def test_a_port_is_free_again_after_its_holder_has_gone(stopped: FrontDoor) -> None:
    port = stopped.ports.of_web("catalog")
    with listening(port):
        pass

    assert stopped.doctor()["ports"]["ok"]
    with socket.create_server(("127.0.0.1", port)):
        pass
