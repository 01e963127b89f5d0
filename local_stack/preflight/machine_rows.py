"""What of the machine matters: platform, memory, and how it is talked to."""

import sys

import psutil

from local_stack.downloads.catalogue import this_platform
from local_stack.home import Home
from local_stack.preflight.row import Row
from local_stack.refusals import StackRefusal
from local_stack.supervision import leftovers
from local_stack.supervision.client import Supervisor
from local_stack.ui.lines import megabytes

COMFORTABLE_BYTES = 2_000_000_000


def platform() -> Row:
    """There are binaries for this machine."""
    try:
        return Row("platform", f"{this_platform()}, Python {sys.version.split()[0]}.")
    except StackRefusal as refusal:
        return Row("platform", refusal.sentence, refusal.exit_code, refusal.way_out)


def memory() -> Row:
    """Enough memory, or a warning: a small machine swaps, which is slow but no fault."""
    available = psutil.virtual_memory().available
    advice = "" if available > COMFORTABLE_BYTES else "; a start wants 2 GB and will be slow"
    return Row("memory", f"{megabytes(available)} of memory are available{advice}.")


def running(home: Home, supervisor: Supervisor | None) -> Row:
    """What runs already, or was left behind; `up` copes with both."""
    if supervisor:
        return Row("running", f"It runs already ({len(supervisor.reports())} processes); `up` leaves them alone.")
    left = len(leftovers.find(home))
    if left:
        return Row("running", f"A dead supervisor left {left} processes behind; `up` and `down` end them.")
    return Row("running", "Nothing runs.")


def terminal() -> Row:
    """Whether somebody watches; nothing is ever asked, so it only decides about bars and colours."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    return Row("terminal", "A terminal." if watched else "No terminal: plain lines, no bars.")


def folder(home: Home) -> Row:
    """Spaces and long paths are fine; said because other programs stumble over them."""
    return Row("folder", f"{home.clone} ({len(str(home.clone))} characters) is a path that works.")
