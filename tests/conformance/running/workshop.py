"""Where sites under test are made: a database migrated once per site, copied for each site that is started."""

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import SystemRandom

import redis

from local_stack import credentials, home, ports
from local_stack.addresses import Addresses, SiteDatabase
from local_stack.credentials import Credentials
from local_stack.home import Home
from local_stack.sites import SITES
from local_stack.stack import Stack
from local_stack.starting import site_preparation
from tests.conformance.plans.plan import Plan
from tests.conformance.running.broker import Broker
from tests.conformance.running.parts import Parts
from tests.conformance.running.site_database import SiteDatabases
from tests.conformance.running.started_site import KINDS, Behind, StartedSite
from tests.conformance.running.wires import Wires
from tests.conformance.settings.under_test import BROKEN_VARIABLE, METRICS_TOKEN

TELL_FACTS = """
import json
from importlib import import_module
import django
django.setup()
from django.conf import settings
from site_kit.http import checks, urls
from site_kit.http.promises import PROMISES

def below(kind):
    return {kind}.union(*map(below, kind.__subclasses__()))

import_module(f"{settings.SITE}_site.domain.errors")
status_of = import_module(f"{settings.SITE}_site.api.errors").STATUS_OF
refusals = {kind.code for top in status_of for kind in below(top) if not kind.__subclasses__()}
print(json.dumps({"promises": sorted(PROMISES), "refusals": sorted(refusals)}))
"""
MIGRATED = "migrated"
NO_DATABASE = "postgresql://nobody:nothing@127.0.0.1:1/nothing"
VALKEY_DATABASES = {"catalog": 10, "inventory": 11}
VALKEY_OF_BROKEN = 2
"""Added to the number for a broken site: its worker must not take the tasks of the sound one."""


@dataclass(slots=True)
class Workshop:
    """Starts one site as often as wanted, sound or broken."""

    plan: Plan
    parts: Parts
    databases: SiteDatabases
    folder: Path
    broken: str = ""
    """Breaks the site of the whole run, to see the suite fail by this name."""
    _facts: Mapping[str, Set[str]] | None = None
    _secrets: Credentials | None = None
    _started: int = 0

    @contextmanager
    def site(
        self,
        *,
        kinds: Sequence[str] = KINDS,
        broken: str = "",
        silent: Sequence[str] = (),
        remade: bool = False,
    ) -> Iterator[StartedSite]:
        """A site whose processes were started, not waited for; with wires to these parts already silent.

        `remade` migrates a database anew with the promise broken, where a copy of a sound one would prove nothing.
        """
        self._started += 1
        name = f"run{self._started}"
        database = self._migrated(name, broken) if remade else self.databases.copy(name, of=MIGRATED)
        wires = Wires(self.parts)
        wires.silent(*silent)
        prefix = f"{self.databases.name}-{self._started}-".replace("_", "-")
        stack = self._stack(name, _through(wires, database), wires, prefix, broken)
        behind = self._behind(name, database, broken)
        with redis.Redis.from_url(behind.valkey) as valkey:
            valkey.flushdb()
        started = StartedSite(self.plan, stack, wires, Broker(self.parts.brokers, prefix), behind)
        try:
            started.start(kinds)
            yield started
        finally:
            started.end()

    def prepare(self) -> None:
        """Make roles and the database that all others are copies of."""
        self.databases.create_roles()
        self._migrated(MIGRATED, self.broken)

    def facts(self) -> Mapping[str, Set[str]]:
        """What the site's code says of itself: `promises` that site_kit.http can break, codes of its `refusals`."""
        if self._facts is None:
            done = self.python(TELL_FACTS)
            if done.returncode != 0:
                raise RuntimeError(done.stderr[-3000:])
            self._facts = {name: set(said) for name, said in json.loads(done.stdout).items()}
        return self._facts

    def python(self, code: str, *, settings: str = "") -> subprocess.CompletedProcess[str]:
        """Run a few lines in a process of this site, with its test settings or others."""
        stack = self._stack("python", SiteDatabase(NO_DATABASE, "", "", embedded=False), None, "", "")
        variables = {"DJANGO_SETTINGS_MODULE": settings} if settings else {}
        environment = {**stack.site_environment(SITES[self.plan.site], owner=True), **variables}
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=stack.home.clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def _migrated(self, name: str, broken: str) -> SiteDatabase:
        database = self.databases.create(name)
        stack = self._stack(name, database, None, "", broken)
        staff = site_preparation.write_staff_file(stack, SITES[self.plan.site])
        environment = stack.site_environment(SITES[self.plan.site], owner=True)
        command = [sys.executable, "-m", "tests.conformance.running.made_database", self.plan.site, str(staff)]
        done = subprocess.run(
            command, cwd=stack.home.clone, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"no database for {self.plan.site}: {done.stderr[-3000:]}")
        return database

    def _stack(self, name: str, database: SiteDatabase, wires: Wires | None, prefix: str, broken: str) -> Stack:
        place = self._home(name)
        self._secrets = self._secrets or credentials.of(place)  # the staff's passwords are in every copy
        addresses = Addresses(
            databases={self.plan.site: database},
            admin=self.parts.database,
            brokers=wires.brokers if wires else self.parts.brokers,
            registry=wires.registry if wires else self.parts.registry,
            valkey=wires.valkey if wires else self.parts.valkey,
            embedded=frozenset(),
        )
        overrides = {self.plan.site: self._variables(prefix, broken)}
        return Stack(place, ports.free(SystemRandom()), self._secrets, addresses, overrides=overrides)

    def _behind(self, name: str, database: SiteDatabase, broken: str) -> Behind:
        return Behind(
            superuser=self.databases.as_superuser(name),
            owner=database.owner,
            runtime=database.runtime,
            brokers=self.parts.brokers,
            registry=self.parts.registry,
            valkey=f"{self.parts.valkey}/{self._valkey_number(broken)}",
        )

    def _valkey_number(self, broken: str) -> int:
        return VALKEY_DATABASES[self.plan.site] + (VALKEY_OF_BROKEN if broken else 0)

    def _variables(self, prefix: str, broken: str) -> Mapping[str, str]:
        own = SITES[self.plan.site].prefix
        return {
            "DJANGO_SETTINGS_MODULE": f"tests.conformance.settings.{self.plan.site}",
            "TOPIC_PREFIX": prefix,
            BROKEN_VARIABLE: broken or self.broken,
            f"{own}_VALKEY_DATABASE": str(self._valkey_number(broken)),
            f"{own}_METRICS_TOKEN": METRICS_TOKEN,
        }

    def _home(self, name: str) -> Home:
        place = replace(home.find(), state=self.folder / name)
        place.create()
        place.of_site(self.plan.site).mkdir(parents=True, exist_ok=True)
        return place


@contextmanager
def workshop(plan: Plan, parts: Parts, *, broken: str = "") -> Iterator[Workshop]:
    """A workshop for one site; what it made is removed when the block ends."""
    name = f"conformance_{plan.site}_{secrets.token_hex(3)}"
    folder = Path(tempfile.mkdtemp(prefix="conformance-"))
    made = Workshop(plan, parts, SiteDatabases(parts.database, name), folder, broken)
    try:
        made.prepare()
        yield made
    finally:
        made.databases.drop()
        shutil.rmtree(folder, ignore_errors=True)


def _through(wires: Wires, database: SiteDatabase) -> SiteDatabase:
    return replace(
        database,
        owner=wires.through("database", database.owner),
        runtime=wires.through("database", database.runtime),
        read_only=wires.through("database", database.read_only),
    )
