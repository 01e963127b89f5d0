"""End everything that `up` started, or the processes of one site; data stays."""

import argparse

from local_stack import exit_codes, home
from local_stack.ending import bring_down, bring_down_sites
from local_stack.sites import chosen
from local_stack.ui.lines import done, next_step

EXAMPLE = "down catalog"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("site", nargs="?", help="end this site alone; the embedded parts go on")


def run(args: argparse.Namespace) -> int:
    """End it."""
    place = home.find()
    place.create()
    ended = len(bring_down_sites(place, chosen(args.site))) if args.site else bring_down(place)
    done(f"{ended} processes have ended." if ended else "Nothing was running.")
    next_step(f"Start again: python3 manage_all.py up {args.site or ''}".rstrip())
    return exit_codes.OK
