"""Where everything lies that a clone makes: environment, downloads, data, logs, secrets."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from local_stack.account import unprivileged

CLONE = Path(__file__).resolve().parent.parent
STATE_VARIABLE = "FIRST_VISCOUNT_STATE"
LAST_RESORT = Path("/var/lib")


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one running platform.

    `state` is data of this platform alone. `cache` (what was fetched) and `parts` (what was unpacked) are written
    once and may be shared; PostgreSQL's account can enter `parts` and `state`.
    """

    clone: Path
    state: Path
    cache: Path
    parts: Path

    @property
    def downloads(self) -> Path:
        """Files as they were fetched, laid out like a Maven repository."""
        return self.cache / "downloads"

    @property
    def environment(self) -> Path:
        """The Python environment made by manage_all.py."""
        return self.cache / "env"

    @property
    def run(self) -> Path:
        """What is running: plan, process table, the supervisor's address."""
        return self.state / "run"

    @property
    def logs(self) -> Path:
        """One log file for each process."""
        return self.state / "logs"

    def of_part(self, part: str) -> Path:
        """The data of one embedded part."""
        return self.state / part

    def of_site(self, site: str) -> Path:
        """A site's own small state: token keys, metrics, Celery's schedule."""
        return self.state / "sites" / site

    def create(self) -> None:
        """Make the folders that every start needs; safe to repeat."""
        for folder in (self.state, self.downloads, self.parts, self.run, self.logs):
            folder.mkdir(parents=True, exist_ok=True)


def find() -> Home:
    """The home of this clone: `.state`, or a folder under /var/lib when root's helper account cannot enter the clone.

    FIRST_VISCOUNT_STATE names another folder for the data; environment and downloads stay with the clone.
    """
    usual = _state_of_clone()
    given = os.environ.get(STATE_VARIABLE)
    return Home(
        clone=CLONE,
        state=Path(given).resolve() if given else usual,
        cache=CLONE / ".state",
        parts=usual / "parts",
    )


def _state_of_clone() -> Path:
    account = unprivileged(CLONE)
    if account is None or account.can_enter(CLONE):
        return CLONE / ".state"
    digest = hashlib.sha256(str(CLONE).encode()).hexdigest()[:8]
    return LAST_RESORT / f"first-viscount-{CLONE.name}-{digest}"
