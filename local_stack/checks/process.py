"""One command of the test run: a process group of its own, its output in a file, ended with all it started."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from local_stack.supervision.spec import HOME_MARKER

RUN_MARK = "FIRST_VISCOUNT_TEST_RUN"
"""Set for everything a run starts, so that what outlives the run is found whatever its parent is by then."""

GRACE_S = 30.0


@dataclass(frozen=True)
class Ended:
    """How a command ended. `code` is None when its time was up."""

    code: int | None


class Command:
    """A started command. `stop` asks first (as Ctrl-C does, so that fixtures clean up), then kills the group."""

    def __init__(self, arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], log: Path) -> None:
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            list(arguments),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self, *, limit_s: float) -> Ended:
        """Wait for the end; past the limit the whole group is stopped."""
        try:
            return Ended(code=self._process.wait(timeout=limit_s))
        except subprocess.TimeoutExpired:
            self.stop()
            return Ended(code=None)
        finally:
            self._log.close()

    def stop(self) -> None:
        """End the group. Safe to repeat, and after its end."""
        for number, patience_s in ((signal.SIGINT, GRACE_S), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
            if self._process.poll() is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=patience_s)


def left_running(run_id: str, scratch: Path) -> list[psutil.Process]:
    """Processes of this run that are still there: marked with it, or of a platform whose data is in its folder."""
    own = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    return [process for process in _marked(run_id, scratch) if process.pid not in own]


def kill_left_running(run_id: str, scratch: Path) -> list[str]:
    """Kill what the run left behind; answers one line for each."""
    found = left_running(run_id, scratch)
    lines = [_line(process) for process in found]
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, timeout=5)
    return lines


def _marked(run_id: str, scratch: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            environment = process.environ()
            ours = environment.get(RUN_MARK) == run_id or Path(environment.get(HOME_MARKER, "/")).is_relative_to(
                scratch
            )
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def _line(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return f"{process.pid} {' '.join(process.cmdline())[:160]}"
    return str(process.pid)
