"""Rows: a download cut, one flipped byte; no route out after the first time."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from local_stack import exit_codes
from local_stack.downloads import catalogue
from local_stack.downloads.fetch import MIRROR_VARIABLE, damage
from local_stack.home import CLONE
from tests.first_run.conftest import Cloned
from tests.first_run.front_door import FrontDoor
from tests.missing import missing

NOWHERE = "http://127.0.0.1:9"
CUT, FLIPPED = [row for row in catalogue.of_part("kafka") if row.filename.startswith(("kafka-raft", "pcollections"))]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def repository() -> Iterator[str]:
    """A repository that has what this clone has fetched."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(CLONE / ".state" / "downloads")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def damaged(stopped: FrontDoor, clone_at: Cloned) -> FrontDoor:
    """Another clone with the platform's data, in whose downloads one file is cut and one has a flipped byte."""
    clone = clone_at("damaged downloads").clone
    (clone / ".state" / "downloads").unlink()
    for artifact in catalogue.of_part("kafka"):
        copy = clone / ".state" / "downloads" / artifact.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CLONE / ".state" / "downloads" / artifact.path, copy)
    cut, flipped = (clone / ".state" / "downloads" / artifact.path for artifact in (CUT, FLIPPED))
    cut.write_bytes(cut.read_bytes()[:-100])
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    return replace(stopped, clone=clone)


def test_a_cut_and_a_flipped_file_are_deleted_and_fetched_once_more(damaged: FrontDoor, repository: str) -> None:
    rows = damaged.rows()
    mended = replace(damaged, environment={MIRROR_VARIABLE: repository})
    judged = mended.doctor()

    began = mended.up()

    assert began.code == exit_codes.OK, began.err
    for artifact in (CUT, FLIPPED):
        assert f"{artifact.filename} is damaged" in began.err
        assert artifact.filename in judged["downloads"]["says"]
        assert damage(damaged.clone / ".state" / "downloads", artifact) is None
    assert judged["code"] == exit_codes.OK
    assert mended.rows() == rows
    assert mended("down").code == exit_codes.OK


def test_a_damaged_file_without_a_route_is_refused(damaged: FrontDoor) -> None:
    rows = damaged.rows()
    cut_off = replace(damaged, environment={MIRROR_VARIABLE: NOWHERE})

    refused = cut_off.up()
    judged = cut_off.doctor()

    assert refused.code == exit_codes.NO_DOWNLOAD
    assert "could not be fetched: there is no route to the repository" in refused.err
    assert (judged["code"], judged["route"]["exit_code"]) == (exit_codes.NO_DOWNLOAD, exit_codes.NO_DOWNLOAD)
    assert judged["route"]["way_out"]
    assert cut_off("down").code == exit_codes.OK
    assert damaged.rows() == rows


def test_no_route_out_after_the_first_time(stopped: FrontDoor) -> None:
    rows = stopped.rows()
    alone = replace(stopped, prefix=_without_network())

    began = alone.up()

    assert began.code == exit_codes.OK, began.err
    assert "is ready" in began.err
    assert alone("down").code == exit_codes.OK
    assert stopped.rows() == rows


def _without_network() -> list[str]:
    """Words before a command that give it a network of its own, with nothing in it but the loopback."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        missing("only root can take the network away (unshare, ip)")
    words = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    if subprocess.run([*words, "true"], capture_output=True).returncode != 0:
        missing("this machine does not let root take the network away")
    return words


def test_the_damaged_files_are_two_small_ones() -> None:
    assert CUT.size + FLIPPED.size < 2_000_000
    assert (CLONE / ".state" / "downloads" / CUT.path).exists()
    assert Path(CUT.filename).suffix == ".jar"
