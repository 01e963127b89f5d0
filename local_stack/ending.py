"""End a platform, or one of its sites: every process that was started, and no other."""

from collections.abc import Sequence
from contextlib import suppress

import psutil

from local_stack.home import Home
from local_stack.sites import Site
from local_stack.starting.bring_up import turn
from local_stack.supervision import client, leftovers


def bring_down(home: Home) -> int:
    """End everything, also what a dead supervisor left behind. Returns how many processes were ended."""
    with turn(home):
        supervisor = client.find(home)
        ended = 0
        if supervisor:
            with suppress(client.SupervisorGone):  # it does not answer: what it left, and itself, is found below
                running = sum(report.pid is not None for report in supervisor.reports())
                supervisor.quit()
                ended = running
        return ended + leftovers.end(leftovers.find(home))


def bring_down_sites(home: Home, sites: Sequence[Site]) -> list[str]:
    """End the processes of some sites; parts and other sites go on. Returns the names of what was ended."""
    with turn(home):
        supervisor = client.find(home)
        return supervisor.stop(name for site in sites for name in site.processes) if supervisor else []


def abandon(home: Home) -> None:
    """Kill everything of a home whose data is thrown away; the supervisor first, or it would start it again."""
    supervisor = client.find(home)
    if supervisor:
        leftovers.kill([psutil.Process(supervisor.pid)])
    leftovers.kill(leftovers.find(home))
