"""Periodic work that is done once, however many beats tick."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from celery import shared_task

from site_kit.context import Actor, acting
from site_kit.processes import database_gate
from site_kit.tasks.turns import claim_turn, give_turn_back

log = structlog.get_logger(__name__)
Work = TypeVar("Work", bound=Callable[[], Any])

LONGEST_TICK_S = 60.0
AT_MOST_S = 600.0


@dataclass(frozen=True, slots=True)
class Periodic:
    """One kind of work: its task name, how often it is due, and whether its turns are claimed."""

    name: str
    every_s: float
    at_most_s: float
    claimed: bool
    work: Callable[[], Any]
    slot: threading.Lock = field(default_factory=threading.Lock)

    @property
    def tick_s(self) -> float:
        """How often a beat asks; whether it is due is the database's answer, so a restart forgets no daily turn."""
        return min(self.every_s, LONGEST_TICK_S)


KINDS: dict[str, Periodic] = {}


def periodic(
    *, every_s: float, name: str = "", at_most_s: float = AT_MOST_S, claimed: bool = True
) -> Callable[[Work], Work]:
    """Make a function of no arguments a Celery task that the site's workers do once every `every_s` seconds.

    Stands in the `tasks.py` of an installed app. The task's name is `<app>.<function>` unless given.
    Due time and turn are one row in PostgreSQL, so any number of workers and beats may run, and a restart neither
    repeats nor forgets a daily turn. A fault is logged and tried again after a minute (or `every_s`, if
    that is shorter). A turn that nobody ended (a killed worker) is free after `at_most_s`. In one worker a kind
    never runs twice at once: the second call ends at once.

    `claimed=False` is for work that keeps its own lock in the database, such as the relay: it runs at every
    tick and at every wake-up.
    """

    def marked(work: Work) -> Work:
        kind = Periodic(name or _name_of(work), every_s, at_most_s, claimed, work)
        KINDS[kind.name] = kind
        shared_task(name=kind.name, ignore_result=True)(_triggered(kind))
        return work

    return marked


def run_turn(kind: Periodic) -> bool:
    """Do the work if it is due and free; whether it was done without a fault. Never raises an `Exception`."""
    if not database_gate.is_open() or not kind.slot.acquire(blocking=False):
        return False
    try:
        with acting(actor=Actor("system", kind.name), correlation_id=str(uuid4())):
            return _claimed_turn(kind) if kind.claimed else not _fault_of(kind)
    except Exception as fault:  # the loop's edge: the database went away between two statements; the next tick asks
        log.warning("turn_not_claimed", task=kind.name, fault=type(fault).__name__)
        return False
    finally:
        kind.slot.release()


def _claimed_turn(kind: Periodic) -> bool:
    begun_at = claim_turn(name=kind.name, every_s=kind.every_s, at_most_s=kind.at_most_s)
    if begun_at is None:
        return False
    fault = _fault_of(kind)
    give_turn_back(name=kind.name, begun_at=begun_at, every_s=kind.every_s, fault=fault)
    return not fault


def _fault_of(kind: Periodic) -> str:
    try:
        kind.work()
    except Exception as fault:  # the loop's edge: one kind of work must not end the worker
        log.exception("turn_failed", task=kind.name)
        return type(fault).__name__
    return ""


def _triggered(kind: Periodic) -> Callable[[], None]:
    def trigger() -> None:
        run_turn(kind)

    return trigger


def _name_of(work: Callable[[], Any]) -> str:
    module, _, _ = work.__module__.rpartition(".tasks")
    return f"{(module or work.__module__).rpartition('.')[2]}.{work.__name__}"
