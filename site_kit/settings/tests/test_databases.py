"""How each kind of process talks to the database."""

import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from site_kit.settings import process_kind as kinds
from site_kit.settings.databases import databases
from site_kit.settings.env import SiteEnv
from site_kit.settings.process_kind import ProcessKind, process_kind


@pytest.fixture
def env() -> SiteEnv:
    found: SiteEnv = settings.ENV
    return found


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[ProcessKind]:
    mine: list[ProcessKind] = []
    monkeypatch.setattr(kinds, "_announced", mine)
    return mine


def options(env: SiteEnv) -> dict[str, Any]:
    found: dict[str, Any] = databases(env)["default"]["OPTIONS"]
    return found


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["/venv/lib/gunicorn/__main__.py", "-c", "x"], "web"),
        (["/venv/bin/gunicorn", "-c", "x"], "web"),
        (["catalog_site/manage.py", "runserver"], "web"),
        (["/venv/lib/celery/__main__.py", "-A", "x", "worker"], "worker"),
        (["/venv/bin/celery", "-A", "x", "inspect"], "command"),
        (["catalog_site/manage.py", "consume_events"], "consumer"),
        (["catalog_site/manage.py", "migrate"], "command"),
        (["-c"], "command"),
    ],
)
def test_a_process_knows_its_kind_from_its_command_line(
    monkeypatch: pytest.MonkeyPatch, announced: list[ProcessKind], words: list[str], kind: str
) -> None:
    monkeypatch.setattr(sys, "argv", words)

    assert process_kind() == kind


def test_web_and_worker_share_a_pool_between_threads(env: SiteEnv, announced: list[ProcessKind]) -> None:
    announced.append("web")

    assert options(env)["pool"] | {"timeout": 0.8, "min_size": 1, "max_size": env.web_threads} == options(env)["pool"]
    assert databases(env)["default"]["CONN_MAX_AGE"] == 0
    assert databases(env)["default"]["CONN_HEALTH_CHECKS"] is True


def test_the_consumer_keeps_its_connection_and_commands_have_no_limits(
    env: SiteEnv, announced: list[ProcessKind]
) -> None:
    announced.append("consumer")
    assert databases(env)["default"]["CONN_MAX_AGE"] is None
    assert "pool" not in options(env)

    announced.append("command")
    assert options(env)["options"] == ""


def test_a_pooler_in_front_gets_no_start_up_options(env: SiteEnv, announced: list[ProcessKind]) -> None:
    announced.append("web")
    behind = env.model_copy(update={"database_behind_pooler": True})

    assert {"pool", "options"} & options(behind).keys() == set()
    assert databases(behind)["default"]["DISABLE_SERVER_SIDE_CURSORS"] is True


@pytest.mark.django_db
def test_the_limits_hold_in_the_session(env: SiteEnv, announced: list[ProcessKind]) -> None:
    import psycopg

    announced.append("web")
    there = {name: connection.settings_dict[name.upper()] for name in ("user", "password", "host", "port")}
    given = {name: value for name, value in options(env).items() if name != "pool"}
    with psycopg.connect(**there, dbname=connection.settings_dict["NAME"], **given) as session:
        shown = [session.execute(f"SHOW {name}").fetchone() for name in ("lock_timeout", "statement_timeout")]

    assert shown == [("3s",), ("10s",)]
