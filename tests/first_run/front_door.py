"""A person at the front door: runs manage_all.py as a program of its own, and looks at what it left."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from psycopg import sql

from local_stack import addresses, credentials, home
from local_stack.home import CLONE, STATE_VARIABLE, Home
from local_stack.parts import postgresql
from local_stack.ports import Ports
from local_stack.sites import SITES
from local_stack.supervision import client
from local_stack.verification.databases import read_only

LONGEST_S = 600.0
COME_BY_THEMSELVES = (
    "tasks_",
    "messaging_consum",
    "messaging_schema",
    "messaging_inbox",
    "messaging_outbox",
    "django_",
)
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname"
)

Rows = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """manage_all.py of one clone, with its state in a folder of its own and its ports moved."""

    clone: Path
    state: Path
    offset: int
    environment: Mapping[str, str] = field(default_factory=dict)
    prefix: Sequence[str] = ()

    def __call__(self, *arguments: str, **more: Any) -> Said:
        """Run a verb to its end, without a terminal; keyword arguments go to `subprocess.run`."""
        ended = subprocess.run(
            [*self.prefix, sys.executable, str(self.clone / "manage_all.py"), *arguments],
            **{"env": self._environment(), "stdin": subprocess.DEVNULL, "capture_output": True, **more},
            text=True,
            timeout=LONGEST_S,
        )
        return Said(ended.returncode, ended.stdout, ended.stderr)

    def up(self, *arguments: str, **more: Any) -> Said:
        """`up --detach` on the moved ports."""
        return self("up", "--detach", "--port-offset", str(self.offset), *arguments, **more)

    def doctor(self) -> dict[str, Any]:
        """What `doctor --json` says of each check, by its name; `code` is its exit code."""
        said = self("doctor", "--json", "--port-offset", str(self.offset))
        return {"code": said.code} | {row["check"]: row for row in json.loads(said.out)["checks"]}

    def processes(self) -> dict[str, int]:
        """The pid of every process, by its name."""
        return {row["name"]: row["pid"] for row in json.loads(self("status", "--json").out)["processes"]}

    @property
    def home(self) -> Home:
        """The folders of this platform."""
        return replace(home.find(), clone=self.clone, state=self.state)

    @property
    def ports(self) -> Ports:
        """Its ports."""
        return Ports(offset=self.offset)

    def rows(self) -> Rows:
        """How many rows every table has that changes only when somebody changes something.

        Starts PostgreSQL alone, and ends it, when the platform is down.
        """
        supervisor = client.find(self.home)
        if supervisor:
            return self._counted()
        alone = client.start(self.home)
        try:
            alone.start([postgresql.prepared(self.home, self.ports, credentials.of(self.home))])
            list(alone.wait(["postgresql"], timeout_s=30))
            return self._counted()
        finally:
            alone.quit()

    def addresses(self) -> dict[str, str]:
        """The read-only way into every site's database."""
        found = addresses.of(self.ports, credentials.of(self.home), {}).databases
        return {site: found[site].read_only for site in SITES}

    def _counted(self) -> Rows:
        counts: dict[str, int] = {}
        with read_only(self.addresses()) as databases:
            for site, database in databases.items():
                for (table,) in database.execute(TABLES).fetchall():
                    if not table.startswith(COME_BY_THEMSELVES):
                        counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
                        [counts[f"{site}.{table}"]] = database.execute(counting).fetchone() or (0,)
        return counts

    def _environment(self) -> dict[str, str]:
        """The person's environment: nothing of the test run's own parts."""
        ours = addresses.VARIABLES | {"PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        return {**kept, STATE_VARIABLE: str(self.state), **self.environment}


def of_this_clone(state: Path, offset: int) -> FrontDoor:
    """The front door of the tree under test."""
    return FrontDoor(clone=CLONE, state=state, offset=offset)
