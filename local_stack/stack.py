"""One platform as a whole: its folders, ports, secrets and addresses, and the environment its sites run in."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from local_stack import addresses, credentials
from local_stack.addresses import HOST, Addresses
from local_stack.credentials import Credentials
from local_stack.home import Home
from local_stack.parts.environment import marks
from local_stack.ports import Ports
from local_stack.private_files import write_private
from local_stack.sites import SITES, Site

MISLEADING = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONDONTWRITEBYTECODE",
    "VIRTUAL_ENV",
    "DJANGO_SETTINGS_MODULE",
    "GUNICORN_CMD_ARGS",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """Everything needed to start, reach or end a platform.

    `given` are the addresses that the environment named. Tests lay `overrides` (site → variables) over what its
    processes get, and do without durability: their data need not outlive the machine.
    """

    home: Home
    ports: Ports
    credentials: Credentials
    addresses: Addresses
    overrides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    durable: bool = True
    given: Mapping[str, str] = field(default_factory=dict)

    def url_of(self, site: str) -> str:
        """Where people and programs reach a site."""
        return f"http://{HOST}:{self.ports.of_web(site)}"

    def site_environment(self, site: Site, *, owner: bool = False) -> dict[str, str]:
        """What a site's processes and commands find in their environment; `owner` for migrations."""
        database = self.addresses.databases[site.name]
        own = {
            "DATABASE_URL": database.owner if owner else database.runtime,
            "RUNTIME_ROLE": database.runtime_role,
            "SECRET_KEY": self.credentials[f"{site.name}_secret_key"],
            "PORT": str(self.ports.of_web(site.name)),
            "STATE_DIR": str(self.home.of_site(site.name)),
            "VALKEY_DATABASE": str(site.valkey_database),
        }
        return {
            **{name: value for name, value in os.environ.items() if name not in MISLEADING},
            "MALLOC_ARENA_MAX": "2",
            "PYTHONUNBUFFERED": "1",
            "NO_PROXY": _with_loopback(os.environ.get("NO_PROXY")),
            "no_proxy": _with_loopback(os.environ.get("no_proxy")),
            "DJANGO_SETTINGS_MODULE": f"{site.package}.settings.base",
            "KAFKA_BOOTSTRAP_SERVERS": self.addresses.brokers,
            "SCHEMA_REGISTRY_URL": self.addresses.registry,
            "VALKEY_URL": self.addresses.valkey,
            **{f"SITE_{known.prefix}_URL": self.url_of(known.name) for known in SITES.values()},
            **{f"{site.prefix}_{name}": value for name, value in own.items()},
            **self.overrides.get(site.name, {}),
        }

    def process_environment(self, site: Site, process: str) -> dict[str, str]:
        """The environment of one of the site's three processes: marked, so that it is found again."""
        return {**self.site_environment(site), **marks(self.home, process)}


def of(home: Home) -> Stack:
    """The platform of a home as it was started last: same ports, same addresses from outside."""
    plan = _last_plan(home)
    return _made(home, offset=int(plan.get("offset", 0)), given={**plan.get("given", {}), **_given()})


def planned(home: Home, *, offset: int) -> Stack:
    """The platform of a home as it would be started now, with the addresses that the environment gives now."""
    return _made(home, offset=offset, given=_given())


def remember(stack: Stack) -> None:
    """Write down how this platform is started, for the verbs that come later; private, as addresses hold passwords."""
    plan = {"offset": stack.ports.offset, "given": dict(stack.given)}
    write_private(stack.home.run / "plan.json", json.dumps(plan))


def _made(home: Home, *, offset: int, given: Mapping[str, str]) -> Stack:
    home.create()
    ports, secrets = Ports(offset=offset), credentials.of(home)
    return Stack(home, ports, secrets, addresses.of(ports, secrets, given), given=given)


def _given() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in addresses.VARIABLES and value}


def _last_plan(home: Home) -> dict[str, Any]:
    try:
        return dict(json.loads((home.run / "plan.json").read_text()))
    except (OSError, ValueError):
        return {}


def _with_loopback(proxied: str | None) -> str:
    """What no proxy is asked for: our own addresses, and what the caller excludes."""
    return ",".join(filter(None, [proxied, HOST, "localhost"]))
