"""Passwords and keys of a home: drawn at random once, kept in one private file.

Everything drawn here starts with `local-`, which production settings refuse.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from local_stack.home import Home
from local_stack.private_files import write_private
from local_stack.sites import SITES

PREFIX = "local-"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of one home, by name; `staff` is site → user name → password."""

    values: Mapping[str, str]
    staff: Mapping[str, Mapping[str, str]]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def __repr__(self) -> str:
        return "Credentials(…)"


def of(home: Home) -> Credentials:
    """The secrets of this home; draws those that do not exist yet, so that a new site gets its own."""
    file = home.state / "secrets.json"
    known = json.loads(file.read_text()) if file.exists() else {"values": {}, "staff": {}}
    values = {name: known["values"].get(name) or _drawn(24) for name in _names()}
    staff = {
        site.name: {user: known["staff"].get(site.name, {}).get(user) or _drawn(9) for user in ("admin", *site.roles)}
        for site in SITES.values()
    }
    if {"values": values, "staff": staff} != known:
        write_private(file, json.dumps({"values": values, "staff": staff}, indent=1))
    return Credentials(values=values, staff=staff)


def _names() -> list[str]:
    of_sites = [f"{site}_{kind}" for site in SITES for kind in ("owner", "runtime", "secret_key")]
    return ["postgres", "verify", "valkey", *of_sites]


def _drawn(size: int) -> str:
    return PREFIX + secrets.token_urlsafe(size)
