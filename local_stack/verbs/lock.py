"""Write the lock of each site anew, from the root lock; with `--root` make that one anew first.

A site's lock is the part of requirements.lock that its pyproject.toml asks for, line for line. `--root` asks the
package index what is newest within requirements.in, so it needs the network; run `lock` again after it.
"""

import argparse
import subprocess
import sys

from local_stack import exit_codes, home, locks
from local_stack.refusals import StackRefusal
from local_stack.sites import SITES
from local_stack.ui.lines import done, next_step

EXAMPLE = "lock"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--root", action="store_true", help="make requirements.lock anew from requirements.in")


def run(args: argparse.Namespace) -> int:
    """Write what was asked for; the files that changed go to stdout."""
    root = home.find().clone
    if args.root:
        _lock_root()
        next_step("python3 manage_all.py lock (refreshes the environment, then writes the sites' locks)")
        return exit_codes.OK
    try:
        changed = locks.write_site_locks(root, SITES)
    except locks.Unlocked as fault:
        raise StackRefusal(str(fault), exit_code=exit_codes.FAILED) from fault
    for path in changed:
        print(path.relative_to(root))
    done(f"{len(changed)} locks were written." if changed else "Every lock was up to date.")
    next_step("python3 manage_all.py test -k extraction")
    return exit_codes.OK


def _lock_root() -> None:
    """Raises StackRefusal when the resolver fails; its own words are on stderr."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "requirements.in", "--output-file", locks.ROOT_LOCK]
    options = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--quiet",
    ]
    made = subprocess.run([*command, *options, "--upgrade"], cwd=home.find().clone)
    if made.returncode != 0:
        raise StackRefusal("The root lock could not be made.", exit_code=exit_codes.NO_DOWNLOAD)
    print(locks.ROOT_LOCK)
