"""The event log is written once and never again, by roles that can do no more than they need."""

import json
from collections.abc import Sequence

import psycopg
from psycopg import errors

from tests.conformance.promises.registry import promised
from tests.conformance.running.started_site import WEB, StartedSite

LOG = "messaging_event"
CHANGES = ("UPDATE {} SET why = 'another'", "DELETE FROM {}", "TRUNCATE {}")
DDL = (
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE INDEX mine ON messaging_outbox (topic)",
    "ALTER TABLE messaging_outbox ADD COLUMN mine int",
    "ALTER TABLE messaging_event DISABLE TRIGGER ALL",
    "DROP TABLE messaging_outbox",
    "DROP TRIGGER messaging_event_no_change ON messaging_event",
)
PARTITIONS = """
SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = %s::regclass AND relname NOT LIKE '%%default'
"""
AHEAD = """
SELECT count(*) FROM generate_series(0, 59) AS ahead
WHERE to_regclass(to_char((now() AT TIME ZONE 'UTC')::date + ahead, %s)) IS NULL
"""


@promised(needs=(), remade=True)
def event_log_is_append_only(site: StartedSite) -> None:
    """Nothing in it is changed or taken out: not by the processes' role, not by the owner, not in a partition."""
    tables = [LOG, "messaging_event_default", *(name for (name,) in site.rows(PARTITIONS, LOG))]

    with psycopg.connect(site.behind.runtime, autocommit=True) as runtime:
        _refused(
            runtime, [change.format(table) for table in tables for change in CHANGES], errors.InsufficientPrivilege
        )
        _refused(runtime, ["DELETE FROM messaging_inbox", "TRUNCATE messaging_inbox"], errors.InsufficientPrivilege)
    with psycopg.connect(site.behind.owner, autocommit=True) as owner:
        _refused(owner, [change.format(LOG) for change in CHANGES], errors.RestrictViolation)
        _refused(owner, [f"TRUNCATE {table}" for table in tables], errors.RestrictViolation)


@promised(needs=(), remade=True)
def runtime_role_has_no_ddl(site: StartedSite) -> None:
    """The role of the processes makes, changes and drops nothing."""
    with psycopg.connect(site.behind.runtime, autocommit=True) as runtime:
        _refused(runtime, DDL, errors.InsufficientPrivilege)


@promised(needs=(), remade=True)
def partitions_are_made_ahead(site: StartedSite) -> None:
    """There is a partition for each of the next 60 days, and nothing in the default ones."""
    assert site.rows(AHEAD, '"messaging_event_"YYYY_MM') == [(0,)]
    assert site.rows(AHEAD, '"messaging_inbox_"YYYY_MM_DD') == [(0,)]
    for parent in (LOG, "messaging_inbox"):
        assert site.rows(f"SELECT count(*) FROM {parent}_default") == [(0,)]


@promised(needs=(WEB,))
def event_log_is_chained(site: StartedSite) -> None:
    """Every event seals those before it in its stream; the walk over the log finds what was changed, and only that."""
    reply = site.written(site.plan.writing(site))
    stream = site.plan.spoke_on(reply)
    site.written(site.plan.again(reply))
    site.written(site.plan.writing(site))

    _forge(site, stream.key)
    walk = site.command("verify_event_log", "--json")

    assert walk.returncode == 1, walk.stdout + walk.stderr
    found = json.loads(walk.stdout)
    assert found["checked"] > 2
    assert {finding["aggregate_id"] for finding in found["findings"]} == {stream.key}
    assert found["findings"][0]["version"] == 1


def _forge(site: StartedSite, key: str) -> None:
    with psycopg.connect(site.behind.superuser) as superuser:
        superuser.execute("SET LOCAL session_replication_role = replica")
        superuser.execute(f"UPDATE {LOG} SET why = 'forged' WHERE aggregate_id = %s AND version = 1", [key])


def _refused(connection: psycopg.Connection, statements: Sequence[str], kind: type[Exception]) -> None:
    for statement in statements:
        try:
            connection.execute(statement)
        except kind:
            continue
        raise AssertionError(f"{connection.info.user} may {statement}")
