"""Bring the tables of every site up to date; `up` does it by itself when migrations have changed."""

import argparse

from local_stack import exit_codes, home, stack
from local_stack.running import refuse_unless_running
from local_stack.sites import chosen
from local_stack.starting import site_preparation
from local_stack.ui.lines import done, next_step

EXAMPLE = "migrate catalog"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("site", nargs="?", help="only this site")


def run(args: argparse.Namespace) -> int:
    """Migrate as the tables' owner; safe to repeat."""
    place, sites = home.find(), chosen(args.site)
    refuse_unless_running(place)
    platform = stack.of(place)
    for site in sites:
        site_preparation.migrate(platform, site)
    done("The tables are up to date.")
    next_step("New code in running processes: python3 manage_all.py restart SITE")
    return exit_codes.OK
