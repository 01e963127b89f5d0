"""End the processes of a site and start them anew, with the code and environment of now."""

import argparse

from local_stack import exit_codes, home, stack
from local_stack.ending import bring_down_sites
from local_stack.sites import chosen
from local_stack.starting.bring_up import bring_up
from local_stack.supervision import client
from local_stack.ui.lines import next_step, problem

EXAMPLE = "restart catalog"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("site", help="the site to restart")


def run(args: argparse.Namespace) -> int:
    """Restart it; returns when it is ready again."""
    place, sites = home.find(), chosen(args.site)
    if not client.find(place):
        problem("Nothing is running. Start it: python3 manage_all.py up")
        return exit_codes.FAILED
    bring_down_sites(place, sites)
    bring_up(stack.of(place), sites, sample=False)
    next_step(f"Its logs: python3 manage_all.py logs {args.site} --follow")
    return exit_codes.OK
