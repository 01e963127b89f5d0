"""Wait until processes are ready, and say why not when they do not become so."""

import os
import time
from collections.abc import Collection
from pathlib import Path

from local_stack import exit_codes
from local_stack.refusals import StackRefusal
from local_stack.supervision.client import Supervisor
from local_stack.supervision.spec import Report
from local_stack.ui.lines import done
from local_stack.watching.log_lines import LogLine

LAST_LINES, LONGEST_LINE = 15, 300


def wait(supervisor: Supervisor, names: Collection[str], *, patience_s: float) -> None:
    """Return when all of these are ready; tells each one as it becomes so. Raises StackRefusal as `Waiting` does."""
    Waiting(supervisor).until_ready(names, patience_s=patience_s)


class Waiting:
    """Waits for the processes of one start, and tells of each one once."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._began = time.monotonic()
        self._told: set[str] = set()
        self._written_before = {str(log): log.stat().st_size for log in supervisor.home.logs.glob("*.log")}

    def until_ready(self, names: Collection[str], *, patience_s: float) -> None:
        """Return when all of these are ready.

        Raises StackRefusal with the reason and the last log lines when one ends three times or time is up.
        """
        latest: list[Report] = []
        for reports in self._supervisor.wait(names, timeout_s=patience_s):
            latest = [report for report in reports if report.name in names]
            for report in latest:
                self._tell(report)
        unready = [report for report in latest if report.state != "ready"]
        if unready:
            raise self._refusal(max(unready, key=lambda report: report.failures), patience_s)

    def _tell(self, report: Report) -> None:
        if report.state == "ready" and report.name not in self._told:
            self._told.add(report.name)
            done(f"{report.name} is ready ({time.monotonic() - self._began:.1f} s)")

    def _refusal(self, report: Report, patience_s: float) -> StackRefusal:
        if report.failures:
            reason = f"{report.name} did not become ready: it ended {report.failures} times, last with {_exit(report)}."
        else:
            reason = f"{report.name} did not become ready within {patience_s:.0f} s; it runs (pid {report.pid})."
        words = _last_lines(report, since=self._written_before.get(report.log, 0))
        lines = "\n  ".join([f"{reason} The last lines of {report.log}:", *words])
        way_out = "\nThe rest keeps running: `python3 manage_all.py status` shows it, `down` ends it."
        return StackRefusal(lines, exit_code=exit_codes.FAILED, way_out=way_out)


def _last_lines(report: Report, *, since: int) -> list[str]:
    """The end of what the process has written since then, as people read it."""
    with Path(report.log).open("rb") as log:
        log.seek(since if since <= log.seek(0, os.SEEK_END) else 0)
        lines = log.read().decode(errors="replace").splitlines()[-LAST_LINES:]
    return [LogLine.of(report.name, line).shown(coloured=False)[:LONGEST_LINE] for line in lines]


def _exit(report: Report) -> str:
    code = report.last_exit
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
