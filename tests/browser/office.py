"""The back offices of the started sites, with the sample store in them and the log of their database server at hand."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import requests
from psycopg import Connection

from local_stack import testing
from local_stack.sites import SITES
from local_stack.starting import sample_store, site_preparation
from local_stack.testing import RunningStack

LINE_PREFIX = "%m [%p] %a "
"""Of PostgreSQL's log here: the program stands in it, which the development default leaves out."""

WINDOWS = """
import json
from django.contrib import admin
from django.urls import reverse
print("WINDOWS", json.dumps([
    {
        "name": model._meta.label_lower,
        "table": model._meta.db_table,
        "address": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
    }
    for model in admin.site._registry
]))
"""


@dataclass(frozen=True)
class Window:
    """One model's place in the back office: its change list and the table behind it."""

    name: str
    table: str
    address: str


@dataclass(frozen=True)
class Office:
    """A running back office; `user` and `password` are those of its administrator."""

    site: str
    url: str
    user: str
    password: str
    windows: tuple[Window, ...]
    server_log: Path
    database_url: str

    def logged_in(self) -> requests.Session:
        """A session of the administrator, without a browser."""
        session = requests.Session()
        page = session.get(f"{self.url}/admin/login/", timeout=30)
        page.raise_for_status()
        form = {"username": self.user, "password": self.password, "csrfmiddlewaretoken": _csrf_token(page.text)}
        session.post(f"{self.url}/admin/login/?next=/admin/", data=form, timeout=30).raise_for_status()
        return session

    def superuser(self) -> Connection:
        """A connection to the site's database that may do anything."""
        return psycopg.connect(self.database_url, autocommit=True)


@contextmanager
def opened() -> Iterator[Mapping[str, Office]]:
    """Start every site, every statement of it logged, and load the sample store. Answers site → back office."""
    with testing.stack() as running:
        _log_every_statement(running.environment["TEST_DATABASE_URL"])
        running.wait_for_registry()
        running.start_sites()
        sample_store.load(running.stack, list(SITES.values()))
        yield {site: _office(running, site) for site in SITES}


def _office(running: RunningStack, site: str) -> Office:
    return Office(
        site=site,
        url=running.url_of(site),
        user="admin",
        password=running.stack.credentials.staff[site]["admin"],
        windows=_windows(running, site),
        server_log=running.stack.home.logs / "postgresql.log",
        database_url=_of_database(running, SITES[site].database),
    )


def _windows(running: RunningStack, site: str) -> tuple[Window, ...]:
    said = site_preparation.run_command(running.stack, SITES[site], "shell", "--no-imports", "-c", WINDOWS)
    [line] = [line for line in said.splitlines() if line.startswith("WINDOWS ")]
    return tuple(Window(**window) for window in json.loads(line.removeprefix("WINDOWS ")))


def _of_database(running: RunningStack, database: str) -> str:
    return urlsplit(running.environment["TEST_DATABASE_URL"])._replace(path=f"/{database}").geturl()


def _log_every_statement(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        for setting, value in (("log_line_prefix", LINE_PREFIX), ("log_statement", "all")):
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
        connection.execute("SELECT pg_reload_conf()")


def _csrf_token(page: str) -> str:
    return page.partition('name="csrfmiddlewaretoken"')[2].partition('value="')[2].partition('"')[0]
