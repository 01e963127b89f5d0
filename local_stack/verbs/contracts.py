"""Look after the contracts: `generate`, `check` or `publish` them.

`generate` writes classes from schemas, the page of events, and the API document of every site; `check` finds drift;
`publish` makes topics and tells the registry.

`generate` and `check` need nothing running; `check` ends with 1 and the reasons when something does not fit.
"""

import argparse

from local_stack import documents, exit_codes, home, stack
from local_stack.running import refuse_unless_running
from local_stack.sites import SITES
from local_stack.starting import site_preparation
from local_stack.ui.lines import done, next_step, problem
from shared_contracts.tooling import check, generate

EXAMPLE = "contracts check"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", choices=["generate", "check", "publish"])


def run(args: argparse.Namespace) -> int:
    """Do one of the three."""
    return {"generate": _generate, "check": _check, "publish": _publish}[args.what]()


def _generate() -> int:
    changed = [*generate.generate(write=True), *documents.write_events_page(), *documents.write_api_documents()]
    for path in changed:
        print(path)
    done(f"{len(changed)} files were written." if changed else "Everything was up to date.")
    next_step("python3 manage_all.py contracts check")
    return exit_codes.OK


def _check() -> int:
    problems = [*check.check(), *documents.events_page_drift()]
    for found in problems:
        problem(found)
    if not problems:
        done("Schemas, classes, examples and releases fit each other.")
    next_step("python3 manage_all.py contracts " + ("generate" if problems else "publish"))
    return exit_codes.FAILED if problems else exit_codes.OK


def _publish() -> int:
    place = home.find()
    refuse_unless_running(place)
    platform = stack.of(place)
    for site in SITES.values():
        print(site_preparation.run_command(platform, site, "publish_contracts"), end="")
    done("Topics and schemas are published.")
    next_step("python3 manage_all.py status")
    return exit_codes.OK
