"""Print a token for the APIs, and nothing else: 60 minutes, every scope unless some are named."""

import argparse

from local_stack import exit_codes, home
from local_stack.tokens import SCOPES, signed
from local_stack.ui.lines import problem
from local_stack.verb_list import unknown

EXAMPLE = "token --client storefront --scope inventory:reserve"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--client", default="developer", metavar="NAME", help="who calls (developer)")
    parser.add_argument("--scope", action="append", metavar="SCOPE", help=f"may be repeated; of {', '.join(SCOPES)}")


def run(args: argparse.Namespace) -> int:
    """Print it."""
    scopes = [scope for given in args.scope or SCOPES for scope in given.split()]
    strange = next((scope for scope in scopes if scope not in SCOPES), None)
    if strange:
        problem(unknown("scope", strange, SCOPES))
        return exit_codes.USAGE
    place = home.find()
    place.create()
    print(signed(place, client=args.client, scopes=scopes))
    return exit_codes.OK
