"""Periodic work that is done once, however many beats tick: each turn is claimed in PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Periodic:
    """One kind of work: its task name, how often it is due, and whether its turns are claimed."""

    name: str
    every_s: float
    at_most_s: float
    claimed: bool
    work: Work


def periodic(*, every_s: float, name: str = "", at_most_s: float = 600, claimed: bool = True) -> Callable[[Work], Work]:
    """Make a function of no arguments a Celery task that the site's workers do once every `every_s` seconds.

    Put it into the site's `tasks.py` (or an installed app's). The name is `<app>.<function>` unless given.
    The due time and the turn are one row in PostgreSQL: any number of workers and beats may run; a
    restart neither repeats nor forgets a daily turn. A turn that has not ended (a killed worker) is free again
    after `at_most_s`. Work that keeps its own lock (the relay) sets `claimed=False` and may be
    started more often than every `every_s`.
    """
    raise NotImplementedError
