"""The pytest plugin of site tests.

In the site's pyproject.toml:

    [tool.pytest.ini_options]
    DJANGO_SETTINGS_MODULE = "catalog_site.settings.test"
    addopts = "-ra --strict-markers --strict-config -p site_kit.testing.plugin"
    filterwarnings = ["error"]

Loaded by `-p` it also fills the environment before the settings are read (`site_kit.testing.environment`);
`pytest_plugins = ["site_kit.testing.plugin"]` in a conftest gives the fixtures alone. `told` and `hear` of
site_kit.messaging.testing come with it.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from site_kit.testing.environment import prepare

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.plugin import DjangoDbBlocker

    from site_kit.testing.api_client import Api

SETTINGS = "DJANGO_SETTINGS_MODULE"
FIXTURES_OF_THE_BRIDGE = "site_kit.messaging.testing"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Fill the environment before pytest-django reads the settings."""
    prepare(os.environ.get(SETTINGS) or str(early_config.getini(SETTINGS)))
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """Add the bridge's fixtures where the site has the bridge."""
    from django.apps import apps

    if apps.ready and apps.is_installed("site_kit.messaging"):
        config.pluginmanager.import_plugin(FIXTURES_OF_THE_BRIDGE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A test database per test process, so that two runs on one server do not meet."""
    from django.db import connection

    tests = connection.settings_dict["TEST"]
    tests["NAME"] = tests["NAME"] or f"test_{connection.settings_dict['NAME']}_{os.getpid()}"


@pytest.fixture(scope="session")
def migrated_template(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """The test database, also where no test of the run asks for `db` (pytest-django then makes none)."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    if connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": None})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_database(migrated_template: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[str]:
    """A database of the test's own, in which commits are real; the value is its name. Not together with `db`."""
    from site_kit.testing.committed import copied_database

    with django_db_blocker.unblock(), copied_database() as name:
        yield name


@pytest.fixture
def api(db: None) -> "Api":
    """A guest of the API; `api(scope="catalog:write")` is a caller with that scope."""
    from site_kit.testing.api_client import Api, platform_key

    platform_key()
    return Api()


@pytest.fixture
def staff(db: None) -> Callable[..., "Client"]:
    """`staff("catalog_editor")` is a logged-in browser of a person with that role, `staff()` of one with all rights."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from site_kit.backoffice.models import StaffMember
    from site_kit.backoffice.roles import sync_roles

    sync_roles()

    def logged_in(role: str = "") -> Client:
        name = role or "admin"
        member, _ = StaffMember.objects.get_or_create(username=name, defaults={"is_superuser": not role})
        if role:
            member.groups.set([Group.objects.get(name=role)])
        client = Client()
        client.force_login(member)
        return client

    return logged_in


@pytest.fixture
def query_log() -> Any:
    """`with query_log() as queries:` collects the statements of the block (`site_kit.testing.query_log`)."""
    from site_kit.testing import query_log as log

    return log.query_log
