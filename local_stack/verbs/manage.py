"""Run a management command of one site, in the environment its processes have.

`migrate` and `makemigrations` run as the owner of the tables, everything else as the runtime role.
"""

import argparse
import os
import subprocess
import sys

from local_stack import home, stack
from local_stack.sites import chosen

EXAMPLE = "manage catalog shell"
AS_OWNER = ("migrate", "makemigrations", "dbshell", "sqlmigrate")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options; everything after the site belongs to the command."""
    parser.add_argument("site", help="whose manage.py")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the command and its own options")


def run(args: argparse.Namespace) -> int:
    """Become the command, in the folder it was called from; the exit code is the command's own."""
    place = home.find()
    [site] = chosen(args.site)
    platform = stack.of(place)
    platform.home.of_site(site.name).mkdir(parents=True, exist_ok=True)
    command = args.command or ["help"]
    done = subprocess.run(
        [sys.executable, str(place.clone / site.package / "manage.py"), *command],
        env=platform.site_environment(site, owner=command[0] in AS_OWNER),
        cwd=os.environ.get("FIRST_VISCOUNT_CALLED_FROM", place.clone),
    )
    return done.returncode
