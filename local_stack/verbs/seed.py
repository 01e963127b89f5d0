"""Load the sample store.

Products with pictures and prices in the catalog, stock at three locations in inventory. Safe to repeat:
what is there already is left alone.
"""

import argparse

from local_stack import exit_codes, home, stack
from local_stack.running import refuse_unless_running
from local_stack.sites import SITES
from local_stack.starting import sample_store
from local_stack.ui.lines import done, next_step

EXAMPLE = "seed"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare no options."""


def run(args: argparse.Namespace) -> int:
    """Load it."""
    place = home.find()
    refuse_unless_running(place)
    platform = stack.of(place)
    sample_store.load(platform, list(SITES.values()))
    done("The sample store is there.")
    next_step(f"See it: {platform.url_of('catalog')}/api/v1/products")
    return exit_codes.OK
