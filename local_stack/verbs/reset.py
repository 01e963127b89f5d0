"""Delete what this clone has made.

Data, logs and secrets with --yes; environment and downloads too with --all. Without
either it lists what would be deleted and exits with 2.
"""

import argparse
import shutil
from pathlib import Path

from local_stack import exit_codes, home
from local_stack.ending import bring_down
from local_stack.home import Home
from local_stack.ui.lines import done, megabytes, next_step, say

EXAMPLE = "reset --yes"
MADE_ONCE = ("env", "downloads", "parts", "setup.lock")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--yes", action="store_true", help="delete data, logs and secrets")
    parser.add_argument("--all", action="store_true", help="delete environment and downloads too")


def run(args: argparse.Namespace) -> int:
    """List, or end everything and delete."""
    place = home.find()
    doomed = _everything(place) if args.all else _data(place)
    if not args.yes and not args.all:
        say("This would be deleted:")
        for path in doomed:
            say(f"  {path} ({megabytes(_size(path))})")
        next_step("Delete it: python3 manage_all.py reset --yes (or --all, which fetches everything anew)")
        return exit_codes.USAGE
    place.create()
    bring_down(place)
    for path in doomed:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    done(f"{len(doomed)} things were deleted.")
    next_step("Start anew: python3 manage_all.py up")
    return exit_codes.OK


def _data(place: Home) -> list[Path]:
    """Everything in the state folder that is not made once and kept."""
    kept = {place.cache / name for name in MADE_ONCE} | {place.parts}
    return [path for path in sorted(place.state.glob("*")) if path not in kept]


def _everything(place: Home) -> list[Path]:
    return [path for path in (*_data(place), place.parts, *(place.cache / name for name in MADE_ONCE)) if path.exists()]


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink())
