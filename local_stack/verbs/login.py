"""Print the staff logins of every site or of one.

They were drawn at random at the first start, are kept in a private file, and production settings refuse them.
"""

import argparse

from local_stack import exit_codes, home, stack
from local_stack.sites import chosen
from local_stack.ui import tables
from local_stack.ui.lines import next_step

EXAMPLE = "login catalog"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("site", nargs="?", help="only this site's logins")


def run(args: argparse.Namespace) -> int:
    """Print them."""
    platform, sites = stack.of(home.find()), chosen(args.site)
    rows = [
        [site.name, user, password, f"{platform.url_of(site.name)}/admin/"]
        for site in sites
        for user, password in platform.credentials.staff[site.name].items()
    ]
    tables.show(["site", "user", "password", "back office"], rows, to_stdout=True)
    next_step(f"Open {platform.url_of(sites[0].name)}/admin/")
    return exit_codes.OK
