"""A home of the test's own, with nothing shared but the clone's code."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local_stack.home import CLONE, Home
from local_stack.parts.environment import marks
from local_stack.supervision import leftovers
from local_stack.supervision.spec import Probe, ProcessSpec

SERVER = Path(__file__).parent / "small_server.py"

MakeSpec = Callable[..., ProcessSpec]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty home; whatever still runs in it at the end is killed."""
    made = Home(clone=CLONE, state=tmp_path / "state", cache=tmp_path / "cache", parts=tmp_path / "parts")
    made.create()
    yield made
    leftovers.kill(leftovers.find(made))


@pytest.fixture
def spec(home: Home) -> MakeSpec:
    """`spec("a", port)` describes a small HTTP server; more arguments go to its command line."""

    def made(name: str, port: int, *arguments: str, group: str = "some_site") -> ProcessSpec:
        return ProcessSpec(
            name=name,
            group=group,
            argv=(sys.executable, str(SERVER), str(port), *arguments),
            env={"PATH": os.environ["PATH"], **marks(home, name)},
            cwd=str(home.state),
            log=str(home.logs / f"{name}.log"),
            ready=Probe("http", port, "/health/ready"),
            stop_timeout_s=3,
        )

    return made
