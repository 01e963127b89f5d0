"""Databases and roles of the embedded PostgreSQL: one database and two roles for each site, one reader for all."""

from collections.abc import Iterable

import psycopg
from psycopg import sql

from local_stack.addresses import READER, owner_of, runtime_of
from local_stack.sites import Site
from local_stack.stack import Stack

RUNTIME_RIGHTS = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {runtime}, {reader};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {runtime};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {reader};
"""


def provide(stack: Stack, sites: Iterable[Site], *, may_create: bool = False) -> None:
    """Have a database and its roles for each site; safe to repeat, also after a site was added.

    The owner may create databases of its own when `may_create` (tests copy theirs); nobody but owner, runtime
    role and reader may connect.
    """
    embedded = [site for site in sites if stack.addresses.databases[site.name].embedded]
    if not embedded:
        return
    with psycopg.connect(stack.addresses.admin, autocommit=True) as admin:
        _role(admin, READER, stack.credentials["verify"], may_create=False)
        for site in embedded:
            _role(admin, owner_of(site), stack.credentials[f"{site.name}_owner"], may_create=may_create)
            _role(admin, runtime_of(site), stack.credentials[f"{site.name}_runtime"], may_create=False)
            _database(admin, site)
    for site in embedded:
        with psycopg.connect(_admin_of(stack, site), autocommit=True) as admin:
            admin.execute(_named(RUNTIME_RIGHTS, site))


def system_identifier(stack: Stack) -> str:
    """The number that PostgreSQL drew when its data folder was made: new data, new number."""
    with psycopg.connect(stack.addresses.admin) as admin:
        [found] = admin.execute("SELECT system_identifier FROM pg_control_system()").fetchone() or ("",)
        return str(found)


def _role(admin: psycopg.Connection, name: str, password: str, *, may_create: bool) -> None:
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if known else "CREATE"
    rights = "CREATEDB" if may_create else "NOCREATEDB"
    statement = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}")
    admin.execute(statement.format(sql.SQL(verb), sql.Identifier(name), sql.SQL(rights), sql.Literal(password)))


def _database(admin: psycopg.Connection, site: Site) -> None:
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [site.database]).fetchone():
        admin.execute(_named("CREATE DATABASE {database} OWNER {owner}", site))
    admin.execute(_named("REVOKE ALL ON DATABASE {database} FROM PUBLIC", site))
    admin.execute(_named("GRANT CONNECT ON DATABASE {database} TO {runtime}, {reader}", site))


def _named(statement: str, site: Site) -> sql.Composed:
    return sql.SQL(statement).format(
        database=sql.Identifier(site.database),
        owner=sql.Identifier(owner_of(site)),
        runtime=sql.Identifier(runtime_of(site)),
        reader=sql.Identifier(READER),
    )


def _admin_of(stack: Stack, site: Site) -> str:
    return stack.addresses.admin.rpartition("/")[0] + f"/{site.database}"
