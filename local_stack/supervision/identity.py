"""Recognise a process again: pids are used twice."""

import psutil

from local_stack.supervision.spec import NAME_MARKER

CLOCK_TOLERANCE_S = 2.0  # start times shift with the wall clock by as much as it was set


def alive(pid: int, created: float, name: str) -> psutil.Process | None:
    """The living process that had this pid and start time, or this pid and our marker; None when it is gone."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        if abs(process.create_time() - created) < CLOCK_TOLERANCE_S or marks(process).get(NAME_MARKER) == name:
            return process
    except psutil.Error:
        return None
    return None


def marks(process: psutil.Process) -> dict[str, str]:
    """The environment a process was started with; empty when it is not ours to read."""
    try:
        return dict(process.environ())
    except (psutil.Error, OSError):
        return {}
