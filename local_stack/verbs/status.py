"""Show every process: its state, restarts, last exit and next try.

Exit code 0 when all are ready, 1 when one is not or nothing runs.
"""

import argparse
import json
import time
from dataclasses import asdict

from local_stack import exit_codes, home
from local_stack.supervision import client, leftovers
from local_stack.supervision.spec import Report
from local_stack.ui import tables
from local_stack.ui.lines import next_step

EXAMPLE = "status --json"
HEADINGS = ["process", "state", "port", "pid", "up for", "restarts", "last exit", "next try"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one object: running, ready, processes")


def run(args: argparse.Namespace) -> int:
    """Show it."""
    place = home.find()
    supervisor = client.find(place)
    reports = supervisor.reports() if supervisor else []
    ready = bool(reports) and all(report.state == "ready" for report in reports if report.name != "registry")
    if args.json:
        shown = {"running": supervisor is not None, "ready": ready, "processes": [asdict(report) for report in reports]}
        print(json.dumps(shown))
    elif reports:
        tables.show(HEADINGS, [_row(report) for report in reports], to_stdout=True)
        next_step("Logs of one site: python3 manage_all.py logs SITE")
    else:
        left = len(leftovers.find(place))
        print(f"Nothing runs{f'; a dead supervisor left {left} processes behind' if left else ''}.")
        next_step("Start it: python3 manage_all.py up")
    return exit_codes.OK if ready else exit_codes.FAILED


def _row(report: Report) -> list[str]:
    now = time.time()
    last = "" if report.last_exit is None else str(report.last_exit)
    return [
        report.name,
        report.state,
        str(report.port),
        str(report.pid or ""),
        _for_people(now - report.started_at) if report.started_at and report.pid else "",
        str(report.restarts),
        last,
        f"in {max(0.0, report.next_try_at - now):.0f} s" if report.next_try_at else "",
    ]


def _for_people(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
