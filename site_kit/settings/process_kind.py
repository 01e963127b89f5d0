"""Which of a site's processes this one is, known before anything heavy is imported."""

import sys
from pathlib import Path
from typing import Literal

ProcessKind = Literal["web", "worker", "consumer", "command"]
SERVERS: tuple[ProcessKind, ...] = ("web", "worker", "consumer")
PAGELESS: tuple[ProcessKind, ...] = ("worker", "consumer")

_announced: list[ProcessKind] = []


def process_kind() -> ProcessKind:
    """web, worker, consumer, or command for everything else (migrate, tests, shells).

    Read from the command line unless the program announced it. Not inherited by programs that this one starts.
    """
    if _announced:
        return _announced[-1]
    words = sys.argv
    program = Path(words[0]).parent.name if Path(words[0]).name == "__main__.py" else Path(words[0]).name
    if program == "gunicorn" or "runserver" in words[1:2]:
        return "web"
    if program == "celery" and "worker" in words:
        return "worker"
    if "consume_events" in words[1:2]:
        return "consumer"
    return "command"


def has_pages() -> bool:
    """Whether this process shows or checks pages; a worker and a consumer spare themselves what pages are made of."""
    return process_kind() not in PAGELESS


def announce(kind: ProcessKind) -> None:
    """Fix the answer for this process and its forks."""
    _announced.append(kind)
