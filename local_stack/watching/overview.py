"""The tables with which `up` ends: where everything is, and who may come in."""

import os
from collections.abc import Sequence

from local_stack.sites import Site
from local_stack.stack import Stack
from local_stack.ui import tables
from local_stack.ui.lines import next_step, say


def show(stack: Stack, sites: Sequence[Site]) -> None:
    """Print addresses, logins and the place of the logs on stderr."""
    say()
    rows = [
        [site.title, f"{stack.url_of(site.name)}/admin/", f"{stack.url_of(site.name)}/api/v1/docs"] for site in sites
    ]
    tables.show(["site", "back office", "API"], rows)
    say()
    say(f"Staff logins: `python3 manage_all.py login` (kept in {stack.home.state / 'secrets.json'})")
    say(f"Logs:         {stack.home.logs}{os.sep}")
    first = sites[0]
    next_step(
        f"Open {stack.url_of(first.name)}/admin/ and log in as `admin`: `python3 manage_all.py login {first.name}`"
    )
