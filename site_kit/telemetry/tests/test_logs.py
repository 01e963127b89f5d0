"""Log lines: one form, one line each, nothing personal, nothing that moves a cursor."""

import contextvars
import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.db import IntegrityError

from site_kit.context import Actor, acting
from site_kit.telemetry.logs import WITHHELD, formatter

PERSONAL = ["email", "customer_e_mail", "phone", "password", "Authorization", "street", "full_name"]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What a JSON handler of the root logger wrote."""
    yield from _handled(console=False)


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """What a coloured handler of the root logger wrote."""
    yield from _handled(console=True)


def _handled(*, console: bool) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(site="sample", process="web", console=console))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def lines(stream: io.StringIO) -> Lines:
    """The lines, parsed."""
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def test_ours_and_everybody_elses_lines_have_the_same_form(lines: Lines) -> None:
    with acting(correlation_id="r-1"):
        structlog.get_logger("shelf").info("box_sealed", box_id=7)
        logging.getLogger("gunicorn.error").info("Booting worker with pid: %s", 42)

    ours, theirs = lines()
    assert ours["event"] == "box_sealed"
    assert ours["box_id"] == 7
    assert theirs["event"] == "Booting worker with pid: 42"
    for line in (ours, theirs):
        assert {line["site"], line["process"], line["level"], line["request_id"]} == {"sample", "web", "info", "r-1"}
        assert line["timestamp"].endswith("Z")


def test_work_that_nobody_announced_has_no_request_id(lines: Lines) -> None:
    contextvars.Context().run(structlog.get_logger("shelf").info, "started")

    assert "request_id" not in lines()[0]


def test_a_trace_is_named(lines: Lines) -> None:
    with acting(actor=Actor("system", "x"), traceparent=f"00-{'a' * 32}-{'b' * 16}-01"):
        structlog.get_logger("shelf").info("started")

    assert lines()[0]["trace_id"] == "a" * 32


@pytest.mark.parametrize(
    "typed", ["a\r\nb", "\x1b[31mred", "\x9b2J", "one\u2028two", "\u202egnol", "tab\tnul\x00", "\x7f"]
)
def test_whatever_somebody_typed_stays_one_line_of_plain_characters(
    stream: io.StringIO, console: io.StringIO, typed: str
) -> None:
    structlog.get_logger("shelf").info("box_labelled", label=typed)
    logging.getLogger("django").warning("Invalid host: %s", typed)

    assert len(stream.getvalue().splitlines()) == 2
    assert stream.getvalue().isascii()
    assert json.loads(stream.getvalue().splitlines()[0])["label"] == typed
    shown = console.getvalue()
    assert len(shown.splitlines()) == 2
    assert typed not in shown


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_and_secret_values_are_withheld_by_name(lines: Lines, name: str) -> None:
    structlog.get_logger("shelf").info("seen", **{name: "jane@example.org", "order_id": "7"})

    assert lines()[0][name] == WITHHELD
    assert "jane" not in json.dumps(lines())
    assert lines()[0]["order_id"] == "7"


def test_a_fault_tells_where_and_what_but_not_the_values_of_the_row(lines: Lines) -> None:
    def insert() -> None:
        raise IntegrityError("duplicate key value\nDETAIL:  Key (email)=(jane@example.org) already exists.")

    try:
        insert()
    except IntegrityError:
        structlog.get_logger("shelf").exception("insert_failed")

    [line] = lines()
    assert "django.db.utils.IntegrityError: duplicate key value" in line["exception"]
    assert "test_logs.py" in line["exception"]
    assert "jane" not in json.dumps(line)


def test_a_fault_names_its_causes_oldest_first(lines: Lines) -> None:
    def fail() -> None:
        try:
            json.loads("{")
        except json.JSONDecodeError as fault:
            raise ValueError("second") from fault

    try:
        fail()
    except ValueError:
        logging.getLogger("django").error("failed", exc_info=True)

    told = lines()[0]["exception"]
    assert told.index("JSONDecodeError") < told.index("ValueError")


def test_the_console_is_readable(console: io.StringIO) -> None:
    structlog.get_logger("shelf").warning("box_heavy", weight_g=60_000)

    assert "box_heavy" in console.getvalue()
    assert "weight_g" in console.getvalue()
    assert not console.getvalue().startswith("{")
