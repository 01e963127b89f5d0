"""Databases for one site: roles as in a real installation, migrated once, copied for every start."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from local_stack.addresses import SiteDatabase
from local_stack.databases import RUNTIME_RIGHTS

ROLE = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}"
Prepare = Callable[[SiteDatabase], None]


@dataclass(slots=True)
class SiteDatabases:
    """Makes databases of one site on a server, with two roles of their own; `drop` takes everything away again."""

    admin: str
    name: str
    made: list[str] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)

    def create_roles(self) -> None:
        """Owner, runtime role and reader. Once."""
        with self._superuser() as superuser:
            for role in (self.owner, self.runtime, self.reader):
                self.passwords[role] = secrets.token_hex(12)
                superuser.execute(_sql(ROLE, sql.Identifier(role), sql.Literal(self.passwords[role])))

    @property
    def owner(self) -> str:
        """The role that migrates."""
        return f"{self.name}_owner"

    @property
    def runtime(self) -> str:
        """The role that the processes use."""
        return f"{self.name}_runtime"

    @property
    def reader(self) -> str:
        """The role that changes nothing."""
        return f"{self.name}_reader"

    def create(self, suffix: str) -> SiteDatabase:
        """An empty database, with the rights that the local stack gives in its databases."""
        made = self._made(suffix, template="template1")
        with self._superuser(self._database(suffix)) as superuser:
            roles = {"owner": self.owner, "runtime": self.runtime, "reader": self.reader}
            named = {word: sql.Identifier(role) for word, role in roles.items()}
            superuser.execute(sql.SQL(RUNTIME_RIGHTS).format(**named))
        return made

    def copy(self, suffix: str, *, of: str) -> SiteDatabase:
        """A copy of a database that nobody is connected to."""
        return self._made(suffix, template=self._database(of))

    def as_superuser(self, suffix: str) -> str:
        """The address of a database for looking at anything in it, and for standing in its way."""
        return urlsplit(self.admin)._replace(path=f"/{self._database(suffix)}").geturl()

    def drop(self) -> None:
        """Remove every database and role that was made."""
        with self._superuser() as superuser:
            for database in self.made:
                superuser.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(database)))
            for role in self.passwords:
                superuser.execute(_sql("DROP ROLE IF EXISTS {}", sql.Identifier(role)))

    def _made(self, suffix: str, *, template: str) -> SiteDatabase:
        name = self._database(suffix)
        self.made.append(name)
        database = sql.Identifier(name)
        with self._superuser() as superuser:
            superuser.execute(_sql("CREATE DATABASE {} OWNER {} TEMPLATE {}", database, _id(self.owner), _id(template)))
            superuser.execute(_sql("REVOKE ALL ON DATABASE {} FROM PUBLIC", database))
            superuser.execute(
                _sql("GRANT CONNECT ON DATABASE {} TO {}, {}", database, _id(self.runtime), _id(self.reader))
            )
        return SiteDatabase(
            owner=self._address(self.owner, name),
            runtime=self._address(self.runtime, name),
            read_only=self._address(self.reader, name),
            embedded=False,
        )

    def _address(self, role: str, database: str) -> str:
        at = urlsplit(self.admin)
        place = at.netloc.rpartition("@")[2]
        return f"postgresql://{role}:{self.passwords[role]}@{place}/{database}"

    def _database(self, suffix: str) -> str:
        return f"{self.name}_{suffix}"

    def _superuser(self, database: str | None = None) -> psycopg.Connection:
        address = self.admin if database is None else urlsplit(self.admin)._replace(path=f"/{database}").geturl()
        return psycopg.connect(address, autocommit=True)


def _id(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def _sql(statement: str, *parts: sql.Composable) -> sql.Composed:
    return sql.SQL(statement).format(*parts)
