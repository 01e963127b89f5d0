"""Everything a start depends on, in the order in which it would stumble; `doctor` shows it, `up` obeys it."""

from collections.abc import Sequence

from local_stack.preflight import download_rows, folder_rows, machine_rows, port_rows
from local_stack.preflight.row import Row
from local_stack.sites import Site
from local_stack.stack import Stack
from local_stack.supervision.client import Supervisor


def everything(stack: Stack, sites: Sequence[Site], supervisor: Supervisor | None) -> list[Row]:
    """Every row, for `doctor`."""
    home = stack.home
    return [
        machine_rows.platform(),
        machine_rows.folder(home),
        machine_rows.terminal(),
        machine_rows.memory(),
        *_decisive(stack, sites, supervisor),
        *download_rows.judged(stack),
        machine_rows.running(home, supervisor),
    ]


def refuse_what_cannot_work(stack: Stack, sites: Sequence[Site], supervisor: Supervisor | None) -> None:
    """Raises StackRefusal for the first thing that would make a start fail; changes nothing.

    Downloads are not judged here: fetching them is part of the start and says itself what fails.
    """
    for row in _decisive(stack, sites, supervisor):
        if not row.ok:
            raise row.refusal()


def _decisive(stack: Stack, sites: Sequence[Site], supervisor: Supervisor | None) -> list[Row]:
    running = {report.name for report in supervisor.reports()} if supervisor else set()
    return [
        folder_rows.space(stack.home),
        folder_rows.data(stack.home),
        *port_rows.judged(stack, sites, running),
    ]
