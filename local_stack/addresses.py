"""Where databases, broker, registry and Valkey are: the embedded ones, or those that the environment names."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from local_stack.credentials import Credentials
from local_stack.parts import kafka, postgresql, registry, valkey
from local_stack.ports import Ports
from local_stack.sites import SITES, Site

HOST = "127.0.0.1"
PART_VARIABLES = {
    kafka.NAME: "KAFKA_BOOTSTRAP_SERVERS",
    registry.NAME: "SCHEMA_REGISTRY_URL",
    valkey.NAME: "VALKEY_URL",
}
DATABASE_SUFFIXES = ("DATABASE_URL", "OWNER_DATABASE_URL", "READ_ONLY_DATABASE_URL")
VARIABLES = frozenset(PART_VARIABLES.values()) | {
    f"{site.prefix}_{suffix}" for site in SITES.values() for suffix in DATABASE_SUFFIXES
}
"""Variables of the environment that give an address of somebody else's part."""

READER = "platform_verify"  # the role of `verify`: may read every site's database, and change nothing


@dataclass(frozen=True, slots=True)
class SiteDatabase:
    """The three ways into a site's database: `owner` migrates, `runtime` serves, `read_only` verifies."""

    owner: str
    runtime: str
    read_only: str
    embedded: bool

    @property
    def runtime_role(self) -> str:
        """The role that migrations grant to."""
        return urlsplit(self.runtime).username or ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address; `embedded` names the parts that we start ourselves."""

    databases: Mapping[str, SiteDatabase]
    admin: str
    brokers: str
    registry: str
    valkey: str
    embedded: frozenset[str]

    @property
    def admin_is_ours(self) -> bool:
        """True when `admin`, the superuser of the embedded PostgreSQL, can be used."""
        return postgresql.NAME in self.embedded


def of(ports: Ports, credentials: Credentials, environment: Mapping[str, str]) -> Addresses:
    """The addresses of a platform: what `environment` gives is used as it stands, the rest is embedded."""
    given = {part: environment.get(variable) for part, variable in PART_VARIABLES.items()}
    databases = {site.name: _database(site, ports, credentials, environment) for site in SITES.values()}
    ours = {part for part, address in given.items() if not address}
    if any(database.embedded for database in databases.values()):
        ours.add(postgresql.NAME)
    return Addresses(
        databases=databases,
        admin=_url(ports, "postgres", credentials["postgres"], "postgres"),
        brokers=given[kafka.NAME] or f"{HOST}:{ports.of_part(kafka.NAME)}",
        registry=given[registry.NAME] or f"http://{HOST}:{ports.of_part(registry.NAME)}{registry.API}",
        valkey=given[valkey.NAME] or f"redis://:{credentials['valkey']}@{HOST}:{ports.of_part(valkey.NAME)}",
        embedded=frozenset(ours),
    )


def _database(site: Site, ports: Ports, credentials: Credentials, environment: Mapping[str, str]) -> SiteDatabase:
    given = environment.get(f"{site.prefix}_DATABASE_URL")
    if given:
        owner = environment.get(f"{site.prefix}_OWNER_DATABASE_URL", given)
        reader = environment.get(f"{site.prefix}_READ_ONLY_DATABASE_URL", given)
        return SiteDatabase(owner=owner, runtime=given, read_only=reader, embedded=False)
    return SiteDatabase(
        owner=_url(ports, owner_of(site), credentials[f"{site.name}_owner"], site.database),
        runtime=_url(ports, runtime_of(site), credentials[f"{site.name}_runtime"], site.database),
        read_only=_url(ports, READER, credentials["verify"], site.database),
        embedded=True,
    )


def owner_of(site: Site) -> str:
    """The role that owns the site's tables."""
    return f"{site.name}_owner"


def runtime_of(site: Site) -> str:
    """The role that the site's processes use."""
    return f"{site.name}_runtime"


def _url(ports: Ports, role: str, password: str, database: str) -> str:
    return f"postgresql://{role}:{quote(password)}@{HOST}:{ports.of_part(postgresql.NAME)}/{database}"
