"""Documents made from code: the page of events, and the OpenAPI document of every site."""

import subprocess
import sys

from local_stack import exit_codes, home, stack
from local_stack.home import CLONE
from local_stack.refusals import StackRefusal
from local_stack.sites import SITES
from shared_contracts.tooling import events_doc

EVENTS_PAGE = CLONE / "docs" / "events.md"


def events_page_drift() -> list[str]:
    """A problem when the page of events is not what the schemas say."""
    known = EVENTS_PAGE.read_text(encoding="utf-8") if EVENTS_PAGE.exists() else ""
    return [] if known == events_doc.render() else ["docs/events.md is not what the schemas say: contracts generate"]


def write_events_page() -> list[str]:
    """Write the page of events; answers its path if it changed."""
    if not events_page_drift():
        return []
    EVENTS_PAGE.write_text(events_doc.render(), encoding="utf-8")
    return ["docs/events.md"]


def write_api_documents() -> list[str]:
    """Write what each site's code says of its API; answers the paths that changed. Raises StackRefusal."""
    platform = stack.of(home.find())
    changed: list[str] = []
    for site in SITES.values():
        platform.home.of_site(site.name).mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "local_stack.checks.api_drift", site.name, "--write"]
        done = subprocess.run(command, cwd=CLONE, env=platform.site_environment(site), capture_output=True, text=True)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise StackRefusal(f"{site.name} cannot describe its API: {last}", exit_code=exit_codes.FAILED)
        changed += done.stdout.splitlines()
    return changed
