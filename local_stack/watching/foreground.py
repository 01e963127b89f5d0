"""Stay with a running platform: show its logs until somebody ends it."""

import signal
import sys
import threading

from local_stack import exit_codes
from local_stack.ending import bring_down
from local_stack.stack import Stack
from local_stack.supervision import client
from local_stack.supervision.spec import Report
from local_stack.ui.lines import coloured, done, problem, say
from local_stack.watching import log_reader

CHECK_S = 2.0


def watch(stack: Stack, *, end_with_it: bool) -> int:
    """Print log lines until Ctrl-C, a hang-up or SIGTERM; then end the platform, if this command started it.

    Returns 1 when the supervisor died meanwhile.
    """
    stop = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, lambda *_: stop.set())
    gone = threading.Event()
    threading.Thread(target=_notice_end, args=(stack, stop, gone), daemon=True).start()
    colours = coloured() and sys.stdout.isatty()
    logs = sorted({report.log for report in _reports(stack)} | {str(stack.home.logs / "supervisor.log")})
    for line in log_reader.added([stack.home.logs / log for log in logs], stop):
        print(line.shown(coloured=colours), flush=True)
    if gone.is_set():
        problem("The supervisor has ended. `python3 manage_all.py up` starts again what is missing.")
        return exit_codes.FAILED
    if end_with_it:
        say("\nEnding everything …")
        done(f"{bring_down(stack.home)} processes have ended.")
    return exit_codes.OK


def _reports(stack: Stack) -> list[Report]:
    supervisor = client.find(stack.home)
    return supervisor.reports() if supervisor else []


def _notice_end(stack: Stack, stop: threading.Event, gone: threading.Event) -> None:
    while not stop.wait(CHECK_S):
        if client.find(stack.home) is None:
            gone.set()
            stop.set()
