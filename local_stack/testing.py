"""Real parts, and real sites when wanted, for tests: fresh data on free ports, gone afterwards.

    with testing.stack() as running:
        subprocess.run([...], env={**os.environ, **running.environment})

Downloads and unpacked parts are those of the clone; everything else lives in a temporary folder.
"""

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import SystemRandom

from local_stack import addresses, credentials, databases, home, tokens
from local_stack import ports as all_ports
from local_stack.addresses import owner_of, runtime_of
from local_stack.ending import abandon, bring_down_sites
from local_stack.home import Home
from local_stack.parts import registry
from local_stack.ports import Ports
from local_stack.sites import SITES, chosen
from local_stack.stack import Stack
from local_stack.starting import embedded_parts
from local_stack.starting.bring_up import PARTS_PATIENCE_S, bring_up
from local_stack.starting.readiness import Waiting
from local_stack.supervision import client
from local_stack.supervision.client import Supervisor

REGISTRY_PATIENCE_S = 120.0
EVERY_PART = frozenset({"postgresql", "kafka", "valkey", "registry"})


@dataclass(frozen=True, slots=True)
class RunningStack:
    """Parts that run, with an empty database and two roles for each site.

    `environment` is for the tests of sites: beside the addresses of the parts it has `<SITE>_DATABASE_URL` (the
    owner, who may create databases here), `<SITE>_RUNTIME_DATABASE_URL`, `<SITE>_READ_ONLY_DATABASE_URL`,
    `<SITE>_RUNTIME_ROLE`, and `TEST_DATABASE_URL`, the superuser's way in.
    """

    stack: Stack
    supervisor: Supervisor
    environment: Mapping[str, str]

    def start_sites(self, *names: str, overrides: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Migrate and start sites, all when none is named; return when web, worker and consumer are ready.

        `overrides` is site → variables for its processes. Raises StackRefusal with the log of what failed.
        """
        laid_over = replace(self.stack, overrides=overrides or {})
        bring_up(laid_over, [SITES[name] for name in names or SITES], sample=False)

    def stop_sites(self, *names: str) -> None:
        """End the processes of sites, all when none is named; the parts go on."""
        bring_down_sites(self.stack.home, [site for site in chosen(None) if not names or site.name in names])

    def wait_for_registry(self) -> None:
        """Return when the registry answers, which takes up to half a minute."""
        Waiting(self.supervisor).until_ready([registry.NAME], patience_s=REGISTRY_PATIENCE_S)

    def url_of(self, site: str) -> str:
        """Where a site answers HTTP."""
        return self.stack.url_of(site)

    def token(self, *scopes: str, client: str = "tests") -> str:
        """A token that every site of this stack accepts; with every scope when none is named."""
        return tokens.signed(self.stack.home, client=client, scopes=scopes or tokens.SCOPES)


@contextmanager
def stack(
    *,
    ports: Ports | None = None,
    parts: Collection[str] = EVERY_PART,
    folder: Path | None = None,
) -> Iterator[RunningStack]:
    """Start parts on free ports with fresh data; end them and delete the data when the block ends.

    PostgreSQL, Valkey and Kafka are ready when the block begins; the registry is still starting. `folder` holds the
    data (default: a new one in the system's temporary folder). Raises StackRefusal.
    """
    place = _home(folder)
    try:
        platform = _platform(place, ports or all_ports.free(SystemRandom()), parts)
        supervisor = client.start(place)
        waited_for = embedded_parts.start(platform, supervisor, running=())
        embedded_parts.start_registry(platform, supervisor, running=())
        Waiting(supervisor).until_ready(waited_for, patience_s=PARTS_PATIENCE_S)
        databases.provide(platform, SITES.values(), may_create=True)
        tokens.publish_key(place)
        yield RunningStack(platform, supervisor, _environment(platform))
    finally:
        abandon(place)
        shutil.rmtree(place.state, ignore_errors=True)


def _home(folder: Path | None) -> Home:
    state = Path(tempfile.mkdtemp(prefix="first-viscount-", dir=folder))
    state.chmod(0o711)  # PostgreSQL's account passes through
    place = replace(home.find(), state=state)
    place.create()
    return place


def _platform(place: Home, ports: Ports, parts: Collection[str]) -> Stack:
    secrets = credentials.of(place)
    ours = replace(addresses.of(ports, secrets, {}), embedded=frozenset(parts))
    return Stack(place, ports, secrets, ours, durable=False)


def _environment(platform: Stack) -> dict[str, str]:
    found = {
        "TEST_DATABASE_URL": platform.addresses.admin,
        "KAFKA_BOOTSTRAP_SERVERS": platform.addresses.brokers,
        "SCHEMA_REGISTRY_URL": platform.addresses.registry,
        "VALKEY_URL": platform.addresses.valkey,
    }
    for site in SITES.values():
        database = platform.addresses.databases[site.name]
        found |= {
            f"{site.prefix}_DATABASE_URL": database.owner,
            f"{site.prefix}_RUNTIME_DATABASE_URL": database.runtime,
            f"{site.prefix}_READ_ONLY_DATABASE_URL": database.read_only,
            f"{site.prefix}_RUNTIME_ROLE": runtime_of(site),
            f"{site.prefix}_OWNER_ROLE": owner_of(site),
            f"{site.prefix}_VALKEY_DATABASE": str(site.valkey_database),
        }
        found[f"SITE_{site.prefix}_URL"] = platform.url_of(site.name)
    return found
