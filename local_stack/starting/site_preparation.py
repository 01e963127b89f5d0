"""What a site needs in its database before its processes start: tables, staff logins, and once a sample store."""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local_stack import databases, exit_codes
from local_stack.private_files import write_private
from local_stack.refusals import StackRefusal
from local_stack.sites import Site
from local_stack.stack import Stack
from local_stack.ui.lines import say

STALE_S = 7 * 24 * 3600  # partitions are made 60 days ahead, so a clone that rests gets new ones in time


def prepare(stack: Stack, sites: Sequence[Site]) -> list[str]:
    """Migrate the sites whose migrations, libraries or data have changed; returns their names.

    Sites are prepared side by side. Raises StackRefusal with what the failed command said.
    """
    databases.provide(stack, sites)
    identifier = databases.system_identifier(stack) if stack.addresses.admin_is_ours else ""
    outdated = [site for site in sites if _stamp(stack, site) != _fingerprint(stack, site, identifier)]
    with ThreadPoolExecutor(max(1, len(outdated))) as pool:
        list(pool.map(lambda site: _prepare_one(stack, site, identifier), outdated))
    return [site.name for site in outdated]


def migrate(stack: Stack, site: Site) -> None:
    """Bring the site's tables up to date, as their owner. Safe to repeat. Raises StackRefusal."""
    say(f"  {site.name}: migrating")
    run_command(stack, site, "migrate", "--no-input", "--verbosity", "0", owner=True)


def write_staff_file(stack: Stack, site: Site) -> Path:
    """The private file of the site's staff logins: login name → password."""
    file = stack.home.of_site(site.name) / "staff.json"
    write_private(file, json.dumps(dict(stack.credentials.staff[site.name]), indent=1))
    return file


def run_command(stack: Stack, site: Site, *arguments: str, owner: bool = False) -> str:
    """Run one of the site's management commands and return what it printed. Raises StackRefusal with its last words."""
    stack.home.of_site(site.name).mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, str(stack.home.clone / site.package / "manage.py"), *arguments],
        cwd=stack.home.clone,
        env=stack.site_environment(site, owner=owner),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        words = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()][-12:]
        sentence = "\n  ".join([f"`manage {site.name} {arguments[0]}` failed:", *words])
        raise StackRefusal(sentence, exit_code=exit_codes.FAILED)
    return done.stdout


def _prepare_one(stack: Stack, site: Site, identifier: str) -> None:
    migrate(stack, site)
    run_command(stack, site, "ensure_staff", "--file", str(write_staff_file(stack, site)))
    _stamp_file(stack, site).write_text(json.dumps(_fingerprint(stack, site, identifier)))


def _stamp(stack: Stack, site: Site) -> dict[str, Any] | None:
    file = _stamp_file(stack, site)
    if not file.exists() or time.time() - file.stat().st_mtime > STALE_S:
        return None
    return dict(json.loads(file.read_text()))


def _stamp_file(stack: Stack, site: Site) -> Path:
    return stack.home.of_site(site.name) / "prepared.json"


def _fingerprint(stack: Stack, site: Site, identifier: str) -> dict[str, Any]:
    """Everything a migrated database with its staff follows from."""
    clone = stack.home.clone
    digest = hashlib.sha256((clone / "requirements.lock").read_bytes())
    for folder in (clone / site.package, clone / "site_kit"):
        for pattern in ("**/migrations/*.py", "**/roles.py"):
            for file in sorted(folder.glob(pattern)):
                digest.update(str(file.relative_to(clone)).encode() + file.read_bytes())
    logins = hashlib.sha256(json.dumps(dict(stack.credentials.staff[site.name])).encode())
    return {
        "code": digest.hexdigest(),
        "logins": logins.hexdigest(),
        "database": hashlib.sha256(stack.addresses.databases[site.name].owner.encode()).hexdigest(),
        "data": identifier,
    }
