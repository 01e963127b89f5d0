"""The account that PostgreSQL runs as: it refuses to be root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from local_stack import exit_codes
from local_stack.refusals import StackRefusal


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user of this machine."""

    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """True when this user may change into the folder; asked of the kernel, so that ACLs count."""
        script = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        tried = subprocess.run(script, user=self.uid, group=self.gid, extra_groups=[], stderr=subprocess.DEVNULL)
        return tried.returncode == 0


def unprivileged(clone: Path) -> Account | None:
    """Whom to become when root runs the stack: the clone's owner, who called sudo, or `nobody`.

    None for an ordinary user, who stays who they are. Raises StackRefusal when root finds nobody.
    """
    if os.geteuid() != 0:
        return None
    candidates: list[int | str] = [clone.stat().st_uid, os.environ.get("SUDO_USER", ""), "nobody", "daemon"]
    for candidate in candidates:
        found = _look_up(candidate)
        if found and found.uid != 0:
            return found
    sentence = "PostgreSQL refuses to run as root and this machine has no other account, not even `nobody`."
    raise StackRefusal(sentence, exit_code=exit_codes.WRONG_MACHINE, way_out="Run it as an ordinary user.")


def owner_of(folder: Path) -> Account | None:
    """The account that a folder belongs to; None when it has no name."""
    return _look_up(folder.stat().st_uid)


def _look_up(who: int | str) -> Account | None:
    try:
        entry = pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    except KeyError:
        return None
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)
