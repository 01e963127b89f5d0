"""What README and tour tell a reader to type works: every command, in order, in a fresh clone of the committed tree.

The test command itself is left out. A foreground `up` goes to a terminal of its own; once its table stands it stays
for the commands that follow, and Ctrl-C ends it.
"""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.docs.blocks import Command, commands, matches
from tests.docs.claims import claimed_addresses
from tests.docs.clone import make_clone, redirected_clones, share_caches, shifted
from tests.docs.terminal import FOREGROUND_UP, Staying, Terminal

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/tour.md")
TEST_COMMAND = re.compile(r"^(\./)?\.ci/run\b|manage_all\.py test\b(?!.*--help)")
TABLE = r"http://127\.0\.0\.1:\d+/admin"
COMMAND_LIMIT_S = 240.0
UP_LIMIT_S = 300.0
FIRST_SITE_PORT = 8082


@dataclass
class Reader:
    """Somebody who follows a page; `offset` moves every port of their platform."""

    terminal: Terminal
    offset: int
    folder: Path
    staying: Staying | None = None

    def follow(self, command: Command) -> None:
        """Type one command and compare what is seen with what the page shows."""
        typed = shifted(command.typed, self.offset)
        if FOREGROUND_UP.match(typed):
            self.staying = self.terminal.leave_running(typed)
            assert self.staying.shows(TABLE, limit_s=UP_LIMIT_S), f"{command}\n{self.staying.output}"
            output = self.staying.output
        else:
            ended = self.terminal.type(typed, limit_s=COMMAND_LIMIT_S)
            assert ended.code == 0, f"{command} ended with {ended.code}\n{ended.output}"
            output = ended.output
        shown = tuple(shifted(line, self.offset) for line in command.shown)
        assert matches(output, shown), f"{command} shows something else:\n{output}"
        self._share_caches_of_new_clones()

    def end_of_page(self) -> None:
        """Ctrl-C for an `up` that stayed, `down` for one that was detached; then nothing answers any more."""
        if self.staying is not None:
            assert self.staying.interrupt(limit_s=90) == 0, self.staying.output
        else:
            self.terminal.type("python3 manage_all.py down", limit_s=90)
        assert not _answers(FIRST_SITE_PORT + self.offset)

    def _share_caches_of_new_clones(self) -> None:
        for door in self.folder.glob("*/manage_all.py"):
            share_caches(door.parent)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A reader in an empty folder, with nothing in their environment that this run put there."""
    texts = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES if (ROOT / page).exists()]
    clean = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    environment = {**clean, **redirected_clones(texts)}
    with Terminal(folder=tmp_path, environment=environment, transcript=tmp_path / "transcript") as terminal:
        yield Reader(terminal=terminal, offset=_free_offset(), folder=tmp_path)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_works_in_a_fresh_clone(page: str, reader: Reader) -> None:
    assert (ROOT / page).is_file(), f"{page} is not there"
    steps = [command for command in commands(ROOT / page) if not TEST_COMMAND.search(command.typed)]
    assert steps, f"{page} has no command block"
    if not any("git clone" in step.typed for step in steps):
        make_clone(reader.folder / "first-viscount")
        reader.terminal.type("cd first-viscount", limit_s=10)

    for step in steps:
        reader.follow(step)

    reader.end_of_page()


def test_every_address_of_the_architecture_page_answers(reader: Reader) -> None:
    addresses = claimed_addresses((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert addresses, "ARCHITECTURE.md names no address"
    make_clone(reader.folder / "first-viscount")
    reader.terminal.type("cd first-viscount", limit_s=10)
    up = reader.terminal.type(shifted("python3 manage_all.py up --detach --empty", reader.offset), limit_s=UP_LIMIT_S)
    assert up.code == 0, up.output

    silent = [address for address in addresses if not _found(shifted(address, reader.offset))]

    assert silent == []
    reader.end_of_page()


def _is_ours(name: str) -> bool:
    """Variables with addresses of the run's own parts, which would replace those that a reader's `up` starts."""
    own = ("KAFKA_BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL", "VALKEY_URL", "TOPIC_PREFIX", "PYTHONPATH")
    return name in own or re.fullmatch(r"[A-Z]+_DATABASE_URL|SITE_[A-Z]+_URL", name) is not None


def _found(address: str) -> bool:
    """Anything but 404: what asks for a token or redirects is there."""
    return requests.get(address, timeout=10, allow_redirects=False).status_code != 404


def _free_offset() -> int:
    """An offset at which the first site's port and its neighbours are free."""
    for offset in range(11_000, 30_000, 500):
        if not any(_answers(port + offset) for port in (8082, 8083, 9082, 10082, 25432 - 8000)):
            return offset
    raise AssertionError("no free range of ports")


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
