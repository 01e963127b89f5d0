"""Talk to the supervisor of a home, or start it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from local_stack import exit_codes
from local_stack.home import Home
from local_stack.refusals import StackRefusal
from local_stack.supervision import identity
from local_stack.supervision.spec import CLONE_MARKER, HOME_MARKER, NAME_MARKER, ProcessSpec, Report

ANSWER_S = 10.0
SLOWEST_ANSWER_S = 120.0  # ending everything, each process within its own time-out

_started: list[subprocess.Popen[bytes]] = []  # kept, because a supervisor is meant to outlive whoever started it


class SupervisorGone(StackRefusal):
    """The supervisor does not answer: it died while it was asked, is paused, or lives in another network."""

    def __init__(self) -> None:
        way_out = "`python3 manage_all.py down` ends everything all the same."
        super().__init__("The supervisor does not answer.", exit_code=exit_codes.FAILED, way_out=way_out)


class Supervisor:
    """The supervisor that runs for a home."""

    def __init__(self, home: Home, address: dict[str, Any]) -> None:
        self.home = home
        self._address = address
        self.pid = int(address["pid"])

    def reports(self) -> list[Report]:
        """Every process it looks after."""
        return _reports(self._ask_once(ANSWER_S, do="status"))

    def start(self, specs: Iterable[ProcessSpec]) -> list[str]:
        """Start those that do not run yet; returns the names of the new ones. Safe to repeat."""
        started = self._ask_once(ANSWER_S, do="start", specs=[spec.to_json() for spec in specs])["started"]
        return [str(name) for name in started]

    def stop(self, names: Iterable[str]) -> list[str]:
        """End these; returns when they are gone, with the names of those that were running."""
        return [str(name) for name in self._ask_once(SLOWEST_ANSWER_S, do="stop", names=list(names))["stopped"]]

    def wait(self, names: Iterable[str], *, timeout_s: float) -> Iterator[list[Report]]:
        """The state after every change, until all are ready, one has failed three times, or time is up."""
        for answer in self._ask(timeout_s + 10, do="wait", names=list(names), timeout_s=timeout_s):
            yield _reports(answer)

    def quit(self) -> None:
        """End everything and the supervisor itself; returns when all are gone."""
        itself = identity.alive(self.pid, float(self._address["created"]), "supervisor")
        self._ask_once(SLOWEST_ANSWER_S, do="quit")
        if itself:
            itself.wait(timeout=SLOWEST_ANSWER_S)
        _forget_ended()

    def _ask_once(self, patience_s: float, **request: Any) -> dict[str, Any]:
        for answer in self._ask(patience_s, **request):
            return answer
        raise SupervisorGone

    def _ask(self, patience_s: float, **request: Any) -> Iterator[dict[str, Any]]:
        line = json.dumps({"password": self._address["password"], **request}).encode() + b"\n"
        try:
            address = ("127.0.0.1", int(self._address["port"]))
            with closing(socket.create_connection(address, timeout=patience_s)) as connection:
                connection.sendall(line)
                with connection.makefile("rb") as answers:
                    yield from map(json.loads, answers)
        except OSError as error:
            raise SupervisorGone from error


def find(home: Home) -> Supervisor | None:
    """The running supervisor of this home; None when there is none."""
    try:
        address = json.loads((home.run / "supervisor.json").read_text())
    except (OSError, ValueError):
        return None
    running = identity.alive(address["pid"], address["created"], "supervisor")
    return Supervisor(home, address) if running else None


def start(home: Home) -> Supervisor:
    """Start a supervisor and return when it listens.

    It leads its own session, so that the end of a terminal does not reach it.
    """
    heard, listening = os.pipe()
    environment = {**os.environ, HOME_MARKER: str(home.state), NAME_MARKER: "supervisor", CLONE_MARKER: str(home.clone)}
    with (home.logs / "supervisor.log").open("ab") as log:
        itself = subprocess.Popen(
            [sys.executable, "-m", "local_stack.supervision.daemon", str(home.run), str(listening)],
            cwd=home.clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[listening],
            start_new_session=True,
        )
    _forget_ended()
    _started.append(itself)
    os.close(listening)
    os.read(heard, 1)  # returns when the supervisor listens, or has died
    os.close(heard)
    found = find(home)
    if found is None:
        raise SupervisorGone
    return found


def _forget_ended() -> None:
    _started[:] = [process for process in _started if process.poll() is None]


def _reports(answer: dict[str, Any]) -> list[Report]:
    return [Report(**data) for data in answer["processes"]]
