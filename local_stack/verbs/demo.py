"""Edit products, prices and stock through the public APIs, as clients would, and show what travels.

With --chaos processes of the sites and of the stack are killed and paused meanwhile, each at least once; changes
that are cut off are said again with the same key. The same --seed draws the same changes. Afterwards `verify`.
"""

import argparse
import time
from random import Random, SystemRandom

from local_stack import exit_codes, home, stack, tokens
from local_stack.demo.changes import Change, Sites, draw, targets_of
from local_stack.demo.chaos import Chaos
from local_stack.demo.http import Caller, Patience
from local_stack.demo.run import Clients, Progress
from local_stack.demo.screen import Screen, screen
from local_stack.refusals import StackRefusal
from local_stack.stack import Stack
from local_stack.starting import readiness
from local_stack.supervision import client
from local_stack.supervision.client import Supervisor
from local_stack.ui.lines import done, next_step, problem, say

EXAMPLE = "demo --changes 300 --chaos --seed 7"

RATE = 10.0
CHAOS_S_PER_PROCESS = 6.0
LOOK_EVERY_S = 0.2
RECOVERY_PATIENCE_S = 120.0
SCOPES = ("catalog:write", "inventory:read", "inventory:reserve", "inventory:adjust")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--changes", type=int, default=100, metavar="N", help="how many changes (100)")
    parser.add_argument("--rate", type=float, metavar="R", help=f"changes a second ({RATE:.0f}; slower with --chaos)")
    parser.add_argument("--chaos", action="store_true", help="kill and pause processes meanwhile, each at least once")
    parser.add_argument("--seed", type=int, help="draw the changes and the chaos from this number")


def run(args: argparse.Namespace) -> int:
    """Run the demo; 0 when every change was answered as it should be."""
    place = home.find()
    supervisor = client.find(place)
    if supervisor is None:
        raise StackRefusal("Nothing runs.", exit_code=exit_codes.FAILED, way_out="Start it: manage_all.py up --detach")
    platform = stack.of(place)
    seed = args.seed if args.seed is not None else SystemRandom().randrange(1_000_000)
    say(f"seed {seed}")
    chance = Random(seed)  # noqa: S311 - chance that can be repeated, not a secret
    progress = Progress(total=args.changes, patience=Patience())
    changes = _changes(platform, progress, args.changes, chance)
    rate = args.rate or _rate(supervisor, args.changes, chaos=args.chaos)
    clients = Clients(changes, lambda: _sites(platform, progress.patience), progress, rate)
    addresses = {site: database.read_only for site, database in platform.addresses.databases.items()}
    with screen(progress, addresses) as shown:
        chaos = Chaos(supervisor, chance, shown.tell) if args.chaos else None
        _watch(clients, chaos, shown)
    return _report(supervisor, progress, chaos)


def _changes(platform: Stack, progress: Progress, count: int, chance: Random) -> list[Change]:
    targets = targets_of(_sites(platform, progress.patience).catalog)
    if not targets:
        way_out = "Load the sample store: manage_all.py seed"
        raise StackRefusal("The catalogue shows no product.", exit_code=exit_codes.FAILED, way_out=way_out)
    return draw(targets, count, chance)


def _sites(platform: Stack, patience: Patience) -> Sites:
    token = tokens.signed(platform.home, client="demo", scopes=SCOPES)
    return Sites(
        catalog=Caller(platform.url_of("catalog"), token, patience=patience),
        inventory=Caller(platform.url_of("inventory"), token, patience=patience),
    )


def _rate(supervisor: Supervisor, count: int, *, chaos: bool) -> float:
    """Slow enough that chaos gets round to every process while changes are made."""
    if not chaos:
        return RATE
    return min(RATE, count / (CHAOS_S_PER_PROCESS * len(supervisor.reports())))


def _watch(clients: Clients, chaos: Chaos | None, shown: Screen) -> None:
    clients.start()
    if chaos:
        chaos.start()
    try:
        while clients.working or (chaos and chaos.missing):
            shown.show()
            time.sleep(LOOK_EVERY_S)  # how often the screen is drawn; nothing waits for it
    finally:
        clients.stop()
        if chaos:
            chaos.stop()


def _report(supervisor: Supervisor, progress: Progress, chaos: Chaos | None) -> int:
    if chaos:
        names = [report.name for report in supervisor.reports()]
        readiness.wait(supervisor, names, patience_s=RECOVERY_PATIENCE_S)
        say(f"  {len(chaos.dealt)} blows dealt, every process hit at least once, all are ready again")
    for fault in progress.faults:
        problem(fault)
    if progress.faults:
        return exit_codes.FAILED
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(progress.made.items()))
    done(f"{progress.done} changes made ({kinds}); {progress.patience.repeated} calls were cut off and said again")
    next_step("Compare the databases: python3 manage_all.py verify")
    return exit_codes.OK
