"""Start everything, or one site, and show where it is.

Without --detach it stays in the foreground with the logs of all processes; Ctrl-C then ends what it started.
The first start fetches PostgreSQL, Kafka and the schema registry and loads a sample store.
"""

import argparse

from local_stack import exit_codes, home, ports, stack
from local_stack.refusals import StackRefusal
from local_stack.sites import chosen
from local_stack.starting.bring_up import bring_up
from local_stack.supervision import client
from local_stack.ui.lines import done
from local_stack.watching import foreground, overview

EXAMPLE = "up --detach"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("site", nargs="?", help="start this site alone, with the parts it needs")
    parser.add_argument("--detach", action="store_true", help="return when everything is ready; 1 when it is not")
    parser.add_argument("--empty", action="store_true", help="without the sample store")
    parser.add_argument("--port-offset", type=_offset, metavar="N", help="add N to every port")


def run(args: argparse.Namespace) -> int:
    """Start, show, and watch unless detached."""
    sites = chosen(args.site)
    place = home.find()
    platform = _platform(place, args.port_offset)
    started = bring_up(platform, sites, sample=not args.empty)
    if not started.new:
        done("It runs already; nothing was started.")
    overview.show(platform, sites)
    if args.detach:
        return exit_codes.OK
    return foreground.watch(platform, end_with_it=bool(started.new))


def _offset(text: str) -> int:
    number = int(text)
    if not 0 <= number <= ports.HIGHEST_OFFSET:
        raise argparse.ArgumentTypeError(f"between 0 and {ports.HIGHEST_OFFSET}")
    return number


def _platform(place: home.Home, offset: int | None) -> stack.Stack:
    """What runs already, or what is to be started. Raises StackRefusal when it runs with another offset."""
    if not client.find(place):
        return stack.planned(place, offset=offset or 0)
    running = stack.of(place)
    if offset not in (None, running.ports.offset):
        sentence = f"It runs already, with --port-offset {running.ports.offset}."
        way_out = "End it first: `python3 manage_all.py down`."
        raise StackRefusal(sentence, exit_code=exit_codes.USAGE, way_out=way_out)
    return running
