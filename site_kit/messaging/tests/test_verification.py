"""Tests of walking the event log."""
# ruff: noqa: S608 - statements are put together from the names in this file

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from site_kit.messaging.emit import emit_many, log_staff_change
from site_kit.messaging.tests.shop.events import StockCounted
from site_kit.messaging.verification import verify_event_log

pytestmark = pytest.mark.django_db
ITEM = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")


@pytest.fixture(autouse=True)
def _history(db: None) -> None:
    emit_many([StockCounted(item, units, "counted") for units in range(5) for item in (ITEM, OTHER)])
    log_staff_change("role", "editors", change={"granted": ["x"]})


@contextmanager
def forced() -> Iterator[None]:
    """Change the log the way only somebody who owns the tables can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def changed(statement: str) -> list[tuple[str, str, int]]:
    with forced(), connection.cursor() as cursor:
        cursor.execute(statement)
    return [(found.kind, found.aggregate_id, found.version) for found in verify_event_log()]


def test_an_untouched_log_is_as_it_was_written() -> None:
    counted: list[int] = []

    assert list(verify_event_log(progress=counted.append)) == []
    assert counted == [11]


def test_one_flipped_byte_is_found() -> None:
    flip = "UPDATE messaging_event SET data = set_byte(data, 38, get_byte(data, 38) # 1)"

    assert changed(f"{flip} WHERE aggregate_id = '{ITEM}' AND version = 3") == [("altered", str(ITEM), 3)]


@pytest.mark.parametrize("column", ["why", "actor", "correlation_id", "causation_id", "type", "traceparent"])
def test_every_column_is_sealed(column: str) -> None:
    forge = f"UPDATE messaging_event SET {column} = 'staff:99'"

    assert changed(f"{forge} WHERE aggregate_id = '{ITEM}' AND version = 5") == [("altered", str(ITEM), 5)]


def test_a_removed_event_is_found() -> None:
    removed = changed(f"DELETE FROM messaging_event WHERE aggregate_id = '{ITEM}' AND version = 2")

    assert removed == [("missing", str(ITEM), 3)]


def test_a_removed_tail_is_found() -> None:
    removed = changed(f"DELETE FROM messaging_event WHERE aggregate_id = '{ITEM}' AND version > 3")

    assert removed == [("removed_tail", str(ITEM), 5)]


def test_a_removed_stream_is_found() -> None:
    assert changed(f"DELETE FROM messaging_event WHERE aggregate_id = '{ITEM}'") == [("removed_stream", str(ITEM), 5)]


def test_a_removed_head_is_found() -> None:
    assert changed(f"DELETE FROM messaging_stream WHERE aggregate_id = '{ITEM}'") == [("unknown_stream", str(ITEM), 5)]


def test_a_swapped_pair_is_found() -> None:
    swap = f"UPDATE messaging_event SET version = 5 - version WHERE aggregate_id = '{ITEM}' AND version IN (2, 3)"

    assert {kind for kind, _, _ in changed(swap)} == {"altered", "out_of_order"}


def test_the_command_says_so_and_fails() -> None:
    with forced(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM messaging_event WHERE aggregate_id = '{ITEM}' AND version = 2")
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("verify_event_log", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert (answer["checked"], [found["kind"] for found in answer["findings"]]) == (10, ["missing"])
