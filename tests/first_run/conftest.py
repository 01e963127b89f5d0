"""One platform with the sample store, which the tests leave as they found it, running or not."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import SystemRandom

import pytest

from local_stack import exit_codes, ports
from local_stack.ending import abandon
from local_stack.supervision import client
from local_stack.verification.databases import read_only
from local_stack.verification.delivery import unread_events
from local_stack.verification.quiet import settle
from tests.docs.clone import make_clone
from tests.first_run.front_door import FrontDoor, of_this_clone


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder that PostgreSQL's account can pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="first-run-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def offset() -> int:
    """Ports that nobody else uses."""
    return ports.free(SystemRandom()).offset


@pytest.fixture(scope="session")
def platform(scratch: Path, offset: int) -> Iterator[FrontDoor]:
    """A platform after its first start."""
    door = of_this_clone(scratch / "state", offset)
    began = door.up()
    assert began.code == exit_codes.OK, began.err
    with read_only(door.addresses()) as databases:
        settle(databases, lambda: unread_events(databases), give_up=patience(60))
    yield door
    abandon(door.home)


@pytest.fixture
def running(platform: FrontDoor) -> FrontDoor:
    """The platform, running."""
    if client.find(platform.home) is None:
        again = platform.up()
        assert again.code == exit_codes.OK, again.err
    return platform


@pytest.fixture
def stopped(platform: FrontDoor) -> FrontDoor:
    """The platform, ended."""
    ended = platform("down")
    assert ended.code == exit_codes.OK, ended.err
    return platform


@pytest.fixture
def clone_at(scratch: Path, offset: int) -> Iterator["Cloned"]:
    """`clone_at("a folder")` is the front door of a second clone there, with its own `.state`."""
    cloned = Cloned(scratch, offset)
    yield cloned
    for door in cloned.doors:
        abandon(door.home)
        shutil.rmtree(door.clone)


def patience(seconds: float) -> Callable[[], bool]:
    """Says when it took too long."""
    deadline = time.monotonic() + seconds
    return lambda: time.monotonic() > deadline


class Cloned:
    """Makes clones and remembers them."""

    def __init__(self, scratch: Path, offset: int) -> None:
        self._scratch, self._offset = scratch, offset
        self.doors: list[FrontDoor] = []

    def __call__(self, name: str) -> FrontDoor:
        folder = make_clone(self._scratch / name)
        door = FrontDoor(clone=folder, state=folder / ".state", offset=self._offset)
        self.doors.append(door)
        return door
