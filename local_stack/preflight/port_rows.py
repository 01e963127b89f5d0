"""Are the ports free, and if not, who has them?"""

from collections.abc import Collection, Sequence

from local_stack import exit_codes, ports
from local_stack.parts import kafka, postgresql, registry, valkey
from local_stack.preflight import listeners
from local_stack.preflight.row import Row
from local_stack.sites import Site
from local_stack.stack import Stack

LISTENS_TOO = {kafka.NAME: ("kafka-controller",), registry.NAME: ("registry-management",)}
OFFSETS = range(100, ports.HIGHEST_OFFSET, 100)


def judged(stack: Stack, sites: Sequence[Site], running: Collection[str]) -> list[Row]:
    """One row for the ports, one for another clone that holds them."""
    wanted = _wanted(stack, sites, running)
    taken = [(name, port) for name, port in wanted.items() if ports.taken(port)]
    if not taken:
        return [Row("ports", f"{len(wanted)} ports are free."), Row("other_clone", "No other clone holds them.")]
    name, port = taken[0]
    listener = listeners.find(port)
    move = f"`--port-offset {_free_offset(wanted.values())}`"
    if listener and listener.clone:
        says = f"Another First Viscount runs from {listener.clone} and holds port {port} ({name})."
        way_out = f"End it there (`python3 manage_all.py down`), or start this one with {move}."
        return [Row("other_clone", says, exit_codes.OTHER_CLONE, way_out)]
    holder = listener or "a process of another user"
    way_out = f"End that program, or move all ports with {move}."
    return [Row("ports", f"Port {port} ({name}) is taken by {holder}.", exit_codes.PORT_TAKEN, way_out)]


def _wanted(stack: Stack, sites: Sequence[Site], running: Collection[str]) -> dict[str, int]:
    """The ports of what would be started now."""
    known = stack.ports.by_process()
    parts = [
        name for name in (postgresql.NAME, valkey.NAME, kafka.NAME, registry.NAME) if name in stack.addresses.embedded
    ]
    names = [name for site in sites for name in site.processes] + parts
    new = [name for name in names if name not in running]
    return {listener: known[listener] for name in new for listener in (name, *LISTENS_TOO.get(name, ()))}


def _free_offset(wanted: Collection[int]) -> int:
    """The first round offset at which all would be free."""
    return next((offset for offset in OFFSETS if not any(ports.taken(port + offset) for port in wanted)), OFFSETS[0])
