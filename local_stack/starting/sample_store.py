"""The sample store, loaded once into each database while the sites run: what one site tells, the next one stocks."""

import json
import time
from collections.abc import Sequence
from pathlib import Path

from local_stack import databases, exit_codes
from local_stack.refusals import StackRefusal
from local_stack.sites import SITES, Site
from local_stack.stack import Stack
from local_stack.starting.site_preparation import run_command
from local_stack.ui.lines import say
from local_stack.verification.databases import read_only
from local_stack.verification.delivery import unread_events
from local_stack.verification.quiet import settle

COMMAND = "load_sample_store"
PATIENCE_S = 120.0
POLL_S = 0.2


def load(stack: Stack, sites: Sequence[Site]) -> None:
    """Load what is not loaded yet, site by site in the order of their table. Raises StackRefusal.

    A site comes after everything that the ones before it told was heard: inventory stocks the variants that the
    catalogue told of.
    """
    identifier = databases.system_identifier(stack) if stack.addresses.admin_is_ours else ""
    for site in sites:
        stamp = _stamp(stack, site)
        if stamp.exists() and json.loads(stamp.read_text()) == identifier:
            continue
        say(f"  {site.name}: loading the sample store")
        run_command(stack, site, COMMAND)
        if len(sites) == len(SITES):
            _wait_until_heard(stack)
        stamp.write_text(json.dumps(identifier))


def missing(stack: Stack, sites: Sequence[Site]) -> bool:
    """True when at least one site has never had the sample store in this home."""
    return not all(_stamp(stack, site).exists() for site in sites)


def _stamp(stack: Stack, site: Site) -> Path:
    return stack.home.of_site(site.name) / "sample.json"


def _wait_until_heard(stack: Stack) -> None:
    addresses = {site: database.read_only for site, database in stack.addresses.databases.items()}
    deadline = time.monotonic() + PATIENCE_S

    def give_up() -> bool:
        if time.monotonic() > deadline:
            sentence = f"What the sample store told was not heard by every site within {PATIENCE_S:.0f} s."
            raise StackRefusal(sentence, exit_code=exit_codes.FAILED, way_out="See: manage_all.py logs")
        time.sleep(POLL_S)
        return False

    with read_only(addresses) as opened:
        settle(opened, lambda: unread_events(opened), give_up=give_up)
