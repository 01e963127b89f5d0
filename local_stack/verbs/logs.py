"""Print the logs of every process or of one site, merged by time.

--request shows everything that one request caused, in every site: the value of its X-Request-ID header.
"""

import argparse
import sys
import threading
from collections.abc import Iterable

from local_stack import exit_codes, home
from local_stack.home import Home
from local_stack.sites import chosen
from local_stack.ui.lines import coloured, next_step, say
from local_stack.watching import log_reader
from local_stack.watching.log_lines import LogLine

EXAMPLE = "logs catalog --follow"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("site", nargs="?", help="only this site's processes")
    parser.add_argument("--follow", action="store_true", help="go on with new lines until Ctrl-C")
    parser.add_argument("--request", metavar="ID", help="only what belongs to this request, in every site")
    parser.add_argument("--lines", type=int, default=100, metavar="N", help="how many of the last lines (100)")


def run(args: argparse.Namespace) -> int:
    """Print them."""
    place = home.find()
    logs = [place.logs / f"{name}.log" for name in _processes(place, args.site)]
    found = [log for log in logs if log.exists()]
    if not found and not args.follow:
        say("There are no logs yet.")
        next_step("Start it: python3 manage_all.py up")
        return exit_codes.OK
    lines = [line for line in log_reader.written(found, whole=bool(args.request)) if _wanted(line, args.request)]
    _print(lines if args.request else lines[-args.lines :])
    if args.follow:
        _print(line for line in log_reader.added(logs, threading.Event()) if _wanted(line, args.request))
    next_step("Follow one request: python3 manage_all.py logs --request X-REQUEST-ID")
    return exit_codes.OK


def _processes(place: Home, site: str | None) -> list[str]:
    if site:
        return [name for row in chosen(site) for name in row.processes]
    return sorted(log.stem for log in place.logs.glob("*.log"))


def _wanted(line: LogLine, request: str | None) -> bool:
    return request is None or line.is_about(request)


def _print(lines: Iterable[LogLine]) -> None:
    colours = coloured() and sys.stdout.isatty()
    for line in lines:
        print(line.shown(coloured=colours), flush=True)
