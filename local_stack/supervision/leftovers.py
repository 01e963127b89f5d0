"""Processes of a home that nobody looks after: what a dead supervisor left behind.

A process is ours when its start was written down (pid and start time, which never come twice), when its
environment carries the home's marker, or when it works inside the home's folder: PostgreSQL's backends overwrite
their environment and change into the data folder. Nothing else is ever touched.
"""

import json
import os
import signal
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psutil

from local_stack.home import Home
from local_stack.supervision import identity
from local_stack.supervision.identity import marks
from local_stack.supervision.spec import CLONE_MARKER, HOME_MARKER, NAME_MARKER

POLITE_S, FORCED_S = 15.0, 5.0
PARTS_LAST = ("kafka", "valkey", "registry", "postgresql")


def find(home: Home) -> list[psutil.Process]:
    """Every living process of this home, the supervisor among them; never the caller or its ancestors."""
    recorded = _recorded(home)
    own = {process.pid for process in (psutil.Process(), *psutil.Process().parents())}
    return [
        process for process in psutil.process_iter() if process.pid not in own and _belongs(process, home, recorded)
    ]


def end(processes: Iterable[psutil.Process]) -> int:
    """End them: the supervisor at once, sites before parts, politely before by force. Returns how many were ended."""
    everybody = list(processes)
    supervisors = [process for process in everybody if name_of(process) == "supervisor"]
    _signal(supervisors, signal.SIGKILL)  # first, or it would start again what is ended here
    rest = [process for process in everybody if process not in supervisors]
    parts = [process for process in rest if name_of(process) in PARTS_LAST or not name_of(process)]
    _end_politely([process for process in rest if process not in parts])
    _end_politely(parts)
    return len(everybody)


def kill(processes: Iterable[psutil.Process]) -> None:
    """End them at once, for homes whose data is thrown away."""
    everybody = list(processes)
    servers = [process for process in everybody if name_of(process) == "postgresql"]
    _signal(servers, signal.SIGQUIT)  # ends at once too, but gives its shared memory back to the system
    _signal([process for process in everybody if name_of(process) not in ("", "postgresql")], signal.SIGKILL)
    psutil.wait_procs(everybody, timeout=FORCED_S)
    _signal(everybody, signal.SIGKILL)


def name_of(process: psutil.Process) -> str:
    """Which of our processes this is; empty for helpers that have lost their environment."""
    return marks(process).get(NAME_MARKER, "")


def clone_of(process: psutil.Process) -> str | None:
    """The clone that started this process; None for a process that no clone has started."""
    return marks(process).get(CLONE_MARKER)


def _end_politely(processes: list[psutil.Process]) -> None:
    for process in processes:
        wanted = signal.SIGINT if name_of(process) == "postgresql" else signal.SIGTERM
        _signal([process], wanted)
        _signal([process], signal.SIGCONT)
    _, stubborn = psutil.wait_procs(processes, timeout=POLITE_S)
    _signal(stubborn, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=FORCED_S)


def _signal(processes: Iterable[psutil.Process], wanted: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(wanted)  # psutil checks the start time before it sends
        except psutil.Error:
            continue


def _belongs(process: psutil.Process, home: Home, recorded: Mapping[int, dict[str, Any]]) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if marks(process).get(HOME_MARKER) == str(home.state) or _works_inside(process, home):
            return True
        row = recorded.get(process.pid)
        return bool(row and identity.alive(process.pid, row["created"], row["name"]))
    except psutil.Error:
        return False


def _works_inside(process: psutil.Process, home: Home) -> bool:
    try:
        folder = Path(process.cwd())
    except (psutil.Error, OSError):
        return False
    return folder.is_relative_to(home.of_part("postgresql")) and process.name() == "postgres"


def _recorded(home: Home) -> dict[int, dict[str, Any]]:
    try:
        table = json.loads((home.run / "processes.json").read_text())
    except (OSError, ValueError):
        return {}
    return {row["pid"]: row for row in table if row["pid"] and row["pid"] != os.getpid()}
