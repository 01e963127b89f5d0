"""The reader's terminal: it keeps what a shell keeps, ends what stays with Ctrl-C, and notices what hangs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.terminal import FOREGROUND_UP, Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(folder=tmp_path, environment=os.environ, transcript=tmp_path / "transcript") as opened:
        yield opened


def test_folder_and_variables_last_from_one_command_to_the_next(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("mkdir deeper && cd deeper", limit_s=10)
    terminal.type('TOKEN=$(printf "a b")', limit_s=10)

    ended = terminal.type('echo "$TOKEN" in $(pwd)', limit_s=10)

    assert ended.code == 0
    assert ended.output.strip() == f"a b in {tmp_path}/deeper"


def test_a_failure_is_answered_with_its_code_and_the_session_goes_on(terminal: Terminal) -> None:
    assert terminal.type("sh -c 'echo no >&2; exit 7'", limit_s=10).code == 7
    assert terminal.type("true", limit_s=10).code == 0


def test_a_command_that_hangs_ends_the_session(terminal: Terminal) -> None:
    assert terminal.type("sleep 60", limit_s=1).code is None


def test_what_stays_is_ended_by_ctrl_c_with_its_own_exit_code(terminal: Terminal) -> None:
    staying = terminal.leave_running(
        """sh -c 'trap "echo bye; exit 5" INT; echo table stands; while :; do sleep 0.1; done'"""
    )

    assert staying.shows("^table stands$", limit_s=10)
    assert staying.interrupt(limit_s=10) == 5
    assert "bye" in staying.output


def test_what_ends_without_its_table_is_noticed(terminal: Terminal) -> None:
    assert not terminal.leave_running("echo something else").shows("^table stands$", limit_s=10)


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ("python3 manage_all.py up", True),
        ("python3 manage_all.py up --empty --port-offset 100", True),
        ("python3 manage_all.py up --detach", False),
        ("python3 manage_all.py up catalog", False),
        ("python3 manage_all.py up --help", False),
        ("python3 manage_all.py update", False),
    ],
)
def test_only_an_up_of_everything_without_detach_stays(typed: str, stays: bool) -> None:
    assert bool(FOREGROUND_UP.match(typed)) is stays
