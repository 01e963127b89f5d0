"""Which of a site's processes this one is, known before anything heavy is imported."""

import os
import sys
from pathlib import Path
from typing import Literal

ProcessKind = Literal["web", "worker", "consumer", "command"]
VARIABLE = "SITE_PROCESS"


def process_kind() -> ProcessKind:
    """web, worker, consumer, or command for everything else (migrate, tests, shells).

    Read from the command line; `announce` overrides it.
    """
    announced = os.environ.get(VARIABLE)
    if announced == "web" or announced == "worker" or announced == "consumer":
        return announced
    words = sys.argv
    program = Path(words[0]).parent.name if Path(words[0]).name == "__main__.py" else Path(words[0]).name
    if program == "gunicorn" or "runserver" in words[1:2]:
        return "web"
    if program == "celery" and "worker" in words:
        return "worker"
    if "consume_events" in words[1:2]:
        return "consumer"
    return "command"


def announce(kind: ProcessKind) -> None:
    """Fix the answer for this process and its children."""
    os.environ[VARIABLE] = kind
