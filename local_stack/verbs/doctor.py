"""Tell beforehand what would keep `up` from working, and what to do about it.

The exit code is the one that `up` would end with; 0 when it would go on.
"""

import argparse
import json
from dataclasses import asdict

from local_stack import exit_codes, home, stack
from local_stack.preflight import rows
from local_stack.sites import SITES
from local_stack.supervision import client
from local_stack.ui.lines import next_step, paint

EXAMPLE = "doctor --json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one object: ok, checks")
    parser.add_argument("--port-offset", type=int, default=0, metavar="N", help="judge the ports moved by N")


def run(args: argparse.Namespace) -> int:
    """Judge and tell; changes nothing."""
    place = home.find()
    supervisor = client.find(place)
    platform = stack.of(place) if supervisor else stack.planned(place, offset=args.port_offset)
    found = rows.everything(platform, list(SITES.values()), supervisor)
    worst = next((row for row in found if not row.ok), None)
    if args.json:
        print(json.dumps({"ok": worst is None, "checks": [asdict(row) | {"ok": row.ok} for row in found]}))
    else:
        for row in found:
            mark = paint("✓", "green") if row.ok else paint("✗", "red")
            print(f"{mark} {row.check:<12} {row.says} {row.way_out}".rstrip())
        next_step("Start it: python3 manage_all.py up" if worst is None else worst.way_out)
    return worst.exit_code if worst else exit_codes.OK
