"""Tests of what the database itself guarantees: who may do what, and where rows go."""
# ruff: noqa: S608 - statements are put together from names of ours

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from site_kit.messaging import clock
from site_kit.messaging.emit import emit
from site_kit.messaging.identifiers import time_of, uuid7
from site_kit.messaging.metrics import gauges
from site_kit.messaging.partitions import keep_partitions
from site_kit.messaging.rights import grant_rights
from site_kit.messaging.standing import standing
from site_kit.messaging.tests.shop.events import StockCounted

pytestmark = pytest.mark.django_db


def partitions_of(parent: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [parent])
        return sorted(name for (name,) in cursor.fetchall())


@pytest.fixture
def runtime(committed: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection as the role the processes of a site run as; default privileges gave it everything."""
    role, password = f"shop_runtime_{uuid4().hex[:8]}", secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {role}")
    assert grant_rights(role)
    there = connection.settings_dict
    address = {"host": there["HOST"], "port": there["PORT"], "dbname": committed, "user": role, "password": password}
    with psycopg.connect(**address, autocommit=True) as session:
        yield session
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


@pytest.mark.django_db(transaction=True)
def test_the_runtime_role_reads_and_appends_and_no_more(runtime: psycopg.Connection[tuple[object, ...]]) -> None:
    with transaction.atomic():
        emit(StockCounted(uuid4(), 1))
    partition = f"messaging_event_{clock.now():%Y_%m}"

    assert runtime.execute("SELECT count(*) FROM messaging_event").fetchone() == (1,)
    assert runtime.execute("SELECT count(*) FROM messaging_outbox").fetchone() == (1,)
    runtime.execute("INSERT INTO messaging_inbox VALUES (gen_random_uuid())")
    for statement in (
        "UPDATE messaging_event SET why = ''",
        "DELETE FROM messaging_event",
        "TRUNCATE messaging_event",
        f"SELECT FROM {partition}",
        f"DELETE FROM {partition}",
        f"INSERT INTO {partition} DEFAULT VALUES",
        "DELETE FROM messaging_inbox",
        "DROP TABLE messaging_outbox",
        "CREATE TABLE anything ()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_partitions_made_as_the_runtime_role_belong_to_the_owner(
    runtime: psycopg.Connection[tuple[object, ...]],
) -> None:
    runtime.execute("SELECT messaging_keep_partitions(100, 14)")
    made = [name for name in partitions_of("messaging_event") if name != "messaging_event_default"]

    assert made[-1] >= f"messaging_event_{clock.now() + timedelta(days=100):%Y_%m}"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute(f"UPDATE {made[-1]} SET why = ''")


def test_partitions_reach_sixty_days_ahead_and_inbox_days_go_after_fourteen() -> None:
    today = clock.now().date()
    assert keep_partitions() == 0

    days = [name for name in partitions_of("messaging_inbox") if name != "messaging_inbox_default"]
    assert days[0] == f"messaging_inbox_{today - timedelta(days=14):%Y_%m_%d}"
    assert days[-1] == f"messaging_inbox_{today + timedelta(days=60):%Y_%m_%d}"
    assert f"messaging_event_{today + timedelta(days=60):%Y_%m}" in partitions_of("messaging_event")

    with connection.cursor() as cursor:
        cursor.execute("SELECT messaging_keep_partitions(60, 10)")
    assert partitions_of("messaging_inbox")[0] == f"messaging_inbox_{today - timedelta(days=10):%Y_%m_%d}"


def test_an_id_is_kept_in_the_day_it_was_drawn() -> None:
    at = clock.now() - timedelta(days=3)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO messaging_inbox VALUES (%s) RETURNING tableoid::regclass::text", [uuid7(at)])
        assert cursor.fetchone() == (f"messaging_inbox_{at:%Y_%m_%d}",)


def test_a_row_without_a_partition_is_kept_and_raises_the_alarm() -> None:
    assert not standing().misplaced_rows

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO messaging_inbox VALUES (%s)", [uuid7(datetime(2001, 1, 1, tzinfo=UTC))])

    assert standing().misplaced_rows
    told = {gauge.name: next(iter(gauge.samples))[1] for gauge in gauges()}
    assert told["messaging_default_partition_rows"] == 1.0


def test_what_is_pending_and_how_old_it_is_is_told() -> None:
    emit(StockCounted(uuid4(), 1))

    told = {gauge.name: next(iter(gauge.samples))[1] for gauge in gauges()}

    assert told["messaging_outbox_pending"] == 1.0
    assert 0 < told["messaging_outbox_oldest_seconds"] < 60
    assert told["messaging_parked_keys"] == 0.0


def test_migrating_twice_changes_nothing() -> None:
    before = partitions_of("messaging_inbox") + partitions_of("messaging_event")

    call_command("migrate", verbosity=0)

    assert partitions_of("messaging_inbox") + partitions_of("messaging_event") == before


def test_a_uuid7_carries_its_time() -> None:
    at = datetime(2026, 5, 4, 3, 2, 1, 234_000, tzinfo=UTC)

    identifier = uuid7(at)

    assert (identifier.version, time_of(identifier)) == (7, at)
    assert time_of(uuid4()) is None
