"""One line per request, with the pattern that matched instead of what was typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from structlog.testing import capture_logs

pytestmark = pytest.mark.django_db


def test_a_search_stays_out_of_the_log(staff: Callable[..., Client]) -> None:
    browser = staff()

    with capture_logs() as logs:
        browser.get("/admin/shelf/box/?q=jane%40example.org", headers={"X-Request-ID": "r-7"})

    [line] = [entry for entry in logs if entry["event"] == "request_finished"]
    assert line["route"] == "/admin/shelf/box/"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["duration_ms"] > 0
    assert line["actor"].startswith("staff:")
    assert "jane" not in str(logs)


def test_probes_are_not_logged(client: Client) -> None:
    with capture_logs() as logs:
        client.get("/health/live")

    assert not logs


def test_an_address_that_matched_nothing_is_not_repeated(client: Client) -> None:
    with capture_logs() as logs:
        client.get("/orders/jane@example.org")

    [line] = [entry for entry in logs if entry["event"] == "request_finished"]
    assert line["route"] == "unmatched"
