"""Run the checks of the tree on parts of its own: types, arrows, contracts, chassis, sites.

Starts PostgreSQL, Kafka, the schema registry and Valkey once, on free ports, beside a running platform and
without touching it; nothing of the run is left. Ends with a table and the line `N passed, N failed, N skipped`.
"""

import argparse

from local_stack.checks.plan import Wanted
from local_stack.checks.session import check_everything
from local_stack.sites import SITES

EXAMPLE = "test --only catalog -k prices"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--fast", action="store_true", help="leave out what starts sites, clones or environments")
    parser.add_argument("--only", metavar="SITE", choices=sorted(SITES), help="only the stages of one site")
    parser.add_argument("-k", dest="expression", metavar="EXPR", help="only tests whose name matches, as in pytest")
    parser.add_argument(
        "--chaos", action="store_true", help="also what starts whole platforms, and the proofs marked `chaos`"
    )


def run(args: argparse.Namespace) -> int:
    """Run the stages asked for; 0 when nothing failed, 1 when something did, 130 after Ctrl-C."""
    wanted = Wanted(fast=args.fast, only=args.only, expression=args.expression, chaos=args.chaos)
    return check_everything(wanted, sites=sorted(SITES))
