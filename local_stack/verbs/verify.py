"""Compare the sites' databases: every event applied once, copies equal, stock adds up, nothing pending.

Reads with a role that can change nothing. Waits for what is still on its way, then compares. Exit code 0: no
difference; 1: each difference on a line of its own, with its ids.
"""

import argparse
import json
import time
from dataclasses import asdict

import psycopg

from local_stack import exit_codes, home, stack
from local_stack.refusals import StackRefusal
from local_stack.ui.lines import done, next_step, problem, say
from local_stack.verification.checks import CHECKS
from local_stack.verification.databases import Databases, read_only
from local_stack.verification.delivery import unread_events
from local_stack.verification.difference import Difference
from local_stack.verification.quiet import settle

EXAMPLE = "verify"
PATIENCE_S = 60.0
POLL_S = 0.2
SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument(
        "--wait", type=float, default=PATIENCE_S, metavar="SECONDS", help="how long to wait for what is on its way (60)"
    )


def run(args: argparse.Namespace) -> int:
    databases = stack.of(home.find()).addresses.databases
    try:
        with read_only({site: found.read_only for site, found in databases.items()}) as opened:
            _let_settle(opened, args.wait)
            found = {name: list(check(opened)) for name, check in CHECKS.items()}
    except psycopg.OperationalError as error:
        sentence = f"A site's database does not answer: {str(error).splitlines()[0]}"
        raise StackRefusal(sentence, exit_code=exit_codes.FAILED, way_out="Start it: manage_all.py up") from error
    return _report(found, as_json=args.json)


def _let_settle(databases: Databases, patience_s: float) -> None:
    """Wait until nothing is pending, waiting or unread; what stays is what the checks report."""
    started = time.monotonic()

    def give_up() -> bool:
        if time.monotonic() - started > patience_s:
            return True
        time.sleep(POLL_S)
        return False

    settle(databases, lambda: unread_events(databases), give_up=give_up)


def _report(found: dict[str, list[Difference]], *, as_json: bool) -> int:
    differences = [difference for of_check in found.values() for difference in of_check]
    if as_json:
        print(json.dumps({"equal": not differences, "differences": [asdict(one) for one in differences]}))
    else:
        for name, of_check in found.items():
            _show(name, of_check)
        next_step("Nothing to do." if not differences else "Look at them in the back office: manage_all.py login")
    return exit_codes.FAILED if differences else exit_codes.OK


def _show(check: str, differences: list[Difference]) -> None:
    if not differences:
        done(check)
        return
    problem(f"{check}: {len(differences)} differ")
    for difference in differences[:SHOWN]:
        print(difference)
    if len(differences) > SHOWN:
        say(f"  … and {len(differences) - SHOWN} more; all of them: manage_all.py verify --json")
