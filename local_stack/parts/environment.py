"""The environment that embedded parts start with: little of the caller's, and the marks of whose they are."""

import os

from local_stack.home import Home
from local_stack.supervision.spec import CLONE_MARKER, HOME_MARKER, NAME_MARKER

OURS = "FIRST_VISCOUNT_"  # such variables say for whom something runs, so they go with everything it starts


def marks(home: Home, name: str) -> dict[str, str]:
    """What makes a process recognisable as ours."""
    return {HOME_MARKER: str(home.state), CLONE_MARKER: str(home.clone), NAME_MARKER: name}


def of_part(home: Home, name: str) -> dict[str, str]:
    """The whole environment of an embedded part."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home.of_part(name)),
        "LC_ALL": "C",
        "MALLOC_ARENA_MAX": "2",
        **{name: value for name, value in os.environ.items() if name.startswith(OURS)},
        **marks(home, name),
    }
