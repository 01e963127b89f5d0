"""Measure: each bench starts its own parts on free ports, ends them, and prints a table.

Figures have a target where one is promised. Exit code 1 if a target is missed.
"""

import argparse
from collections.abc import Callable

from local_stack import exit_codes
from local_stack.bench import result, starting
from local_stack.bench.result import Result
from local_stack.refusals import StackRefusal
from local_stack.ui.lines import next_step

EXAMPLE = "bench start --json"

BENCHES: dict[str, Callable[[], list[Result]]] = {"start": starting.run}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bench", choices=sorted(BENCHES), help="what to measure")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout instead of the table")


def run(args: argparse.Namespace) -> int:
    try:
        results = BENCHES[args.bench]()
    except starting.NotStarted as reason:
        raise StackRefusal(f"The platform did not start: {reason}", exit_code=exit_codes.FAILED) from reason
    result.show(args.bench, results, as_json=args.json)
    missed = result.missed(results)
    if not args.json:
        next_step(
            "Every target was met." if not missed else f"{len(missed)} targets were missed; see docs/benchmarks.md"
        )
    return exit_codes.FAILED if missed else exit_codes.OK
