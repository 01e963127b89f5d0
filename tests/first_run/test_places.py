"""Rows: a path with a space, and one of 150 characters; and a clone that PostgreSQL's account cannot enter."""

import os
import shutil

import pytest

from local_stack import exit_codes, home
from tests.first_run.conftest import Cloned
from tests.first_run.front_door import FrontDoor
from tests.missing import missing

LENGTH = 150


def starts_and_keeps_its_rows(door: FrontDoor) -> None:
    began = door.up("--empty")
    assert began.code == exit_codes.OK, began.err
    assert "inventory-web is ready" in began.err
    assert door.doctor()["folder"]["ok"]
    rows = door.rows()

    ended = door("down")

    assert ended.code == exit_codes.OK
    assert door.rows() == rows


def test_a_path_with_a_space(stopped: FrontDoor, clone_at: Cloned) -> None:
    door = clone_at("a clone with a space")

    starts_and_keeps_its_rows(door)


def test_a_path_of_150_characters(stopped: FrontDoor, clone_at: Cloned) -> None:
    so_far = len(str(stopped.state.parent)) + 1
    door = clone_at("long-" + "x" * (LENGTH - so_far - 5))
    assert len(str(door.clone)) == LENGTH

    starts_and_keeps_its_rows(door)


@pytest.fixture
def closed(clone_at: Cloned) -> FrontDoor:
    """A clone in a folder that only root can enter."""
    if os.geteuid() != 0:
        missing("only root runs PostgreSQL as another account")
    door = clone_at("closed")
    door.clone.chmod(0o700)
    return door


def test_root_in_a_closed_folder_keeps_its_state_under_var_lib(stopped: FrontDoor, closed: FrontDoor) -> None:
    unset = {home.STATE_VARIABLE: ""}
    door = FrontDoor(clone=closed.clone, state=closed.state, offset=closed.offset, environment=unset)

    judged = door.doctor()

    assert judged["code"] == exit_codes.OK
    assert f"/var/lib/first-viscount-{closed.clone.name}-" in judged["space"]["says"]
    for folder in home.LAST_RESORT.glob(f"first-viscount-{closed.clone.name}-*"):
        shutil.rmtree(folder)
