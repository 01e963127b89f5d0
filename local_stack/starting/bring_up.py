"""Bring a platform up, from whatever state it is in: new, ended, half dead, or running already."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from local_stack import stack as stacks
from local_stack import tokens
from local_stack.home import Home
from local_stack.preflight import rows
from local_stack.site_processes import specs
from local_stack.sites import Site
from local_stack.stack import Stack
from local_stack.starting import embedded_parts, sample_store, site_preparation
from local_stack.starting.readiness import Waiting
from local_stack.supervision import client, leftovers
from local_stack.supervision.client import Supervisor
from local_stack.ui.lines import say

PARTS_PATIENCE_S, SITES_PATIENCE_S = 60.0, 150.0  # of a loaded machine; a process that dies is told of at once


@dataclass(frozen=True, slots=True)
class Started:
    """What a start has done: the processes it started (none when everything ran already)."""

    supervisor: Supervisor
    new: tuple[str, ...]


def bring_up(stack: Stack, sites: Sequence[Site], *, sample: bool) -> Started:
    """Start parts and sites, migrate what needs it, load the sample store once; return when all are ready.

    Safe to repeat: what runs is left alone, unless its tables were migrated. Raises StackRefusal.
    """
    with turn(stack.home):
        supervisor = client.find(stack.home)
        if supervisor is None:
            end_leftovers(stack.home)
        rows.refuse_what_cannot_work(stack, sites, supervisor)
        stacks.remember(stack)
        supervisor = supervisor or client.start(stack.home)
        return _start(stack, supervisor, sites, sample=sample)


def end_leftovers(home: Home) -> None:
    """End what a dead supervisor left behind, and say so."""
    found = leftovers.find(home)
    if found:
        say(f"The last supervisor died: ending {len(found)} processes that it left behind.")
        leftovers.end(found)
    elif (home.run / "supervisor.json").exists():
        say("The last run did not end by itself (killed, or the machine went down): starting from what is on disk.")


@contextmanager
def turn(home: Home) -> Iterator[None]:
    """One `up` or `down` at a time for each home; the second waits, and says for what."""
    with (home.run / "turn.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another manage_all.py starts or ends this platform; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(stack: Stack, supervisor: Supervisor, sites: Sequence[Site], *, sample: bool) -> Started:
    waiting = Waiting(supervisor)
    before = {report.name for report in supervisor.reports()}
    parts = embedded_parts.start(stack, supervisor, before)
    if sample and sample_store.missing(stack, sites):  # its events need schema ids: the one start that needs them early
        waiting.until_ready(parts, patience_s=PARTS_PATIENCE_S)
        embedded_parts.start_registry(stack, supervisor, before)
    waiting.until_ready([name for name in parts if name == "postgresql"], patience_s=PARTS_PATIENCE_S)

    tokens.publish_key(stack.home)
    migrated = site_preparation.prepare(stack, sites)
    for site in sites:
        if site.name in migrated:
            supervisor.stop(site.processes)  # they run the code of before
        supervisor.start(specs(stack, site))
    names = [*parts, *(process for site in sites for process in site.processes)]
    waiting.until_ready(names, patience_s=SITES_PATIENCE_S)

    embedded_parts.start_registry(stack, supervisor, {report.name for report in supervisor.reports()})
    if sample:
        sample_store.load(stack, sites)
    after = [report.name for report in supervisor.reports()]
    return Started(supervisor, tuple(name for name in after if name not in before))
