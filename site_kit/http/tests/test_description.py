"""The OpenAPI document, its page, and the system checks."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from site_kit.http import checks
from site_kit.http.deprecation import Deprecation
from site_kit.http.openapi import current_document
from site_kit.http.options import Options, options
from site_kit.http.promises import PROMISES
from site_kit.refusals import Refusal

GOLDEN = Path(__file__).with_name("golden_openapi.json")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return current_document()


def operation(document: dict[str, Any], operation_id: str) -> dict[str, Any]:
    return next(
        found for path in document["paths"].values() for found in path.values() if found["operationId"] == operation_id
    )


def test_the_document_is_the_one_that_was_looked_at(document: dict[str, Any]) -> None:
    """REFRESH_GOLDEN=1 writes it anew; then look at the difference."""
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("REFRESH_GOLDEN"):
        GOLDEN.write_text(text)

    assert text == GOLDEN.read_text()


def test_it_is_the_same_every_time(document: dict[str, Any]) -> None:
    assert current_document() == document


def test_every_operation_tells_its_problems_and_its_token(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    for path, methods in document["paths"].items():
        assert path.startswith("/api/v1/")
        for found in methods.values():
            assert {"400", "401", "429", "500", "503", "508"} <= set(found["responses"])
            assert found["security"][0].keys() == {"bearer"}
            assert found["summary"]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for inner in node.values():
                yield from references(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from references(inner)

    for reference in set(references(document)):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def test_guests_are_told_what_they_may_read(document: dict[str, Any]) -> None:
    assert operation(document, "listBooks")["security"] == [{"bearer": []}, {}]
    assert operation(document, "addBook")["security"] == [{"bearer": ["shelf:write"]}]
    assert operation(document, "countBooks")["security"] == [{"bearer": ["shelf:read"]}]


def test_keys_and_preconditions_are_documented_where_they_count(document: dict[str, Any]) -> None:
    def headers(operation_id: str) -> dict[str, bool]:
        found = operation(document, operation_id).get("parameters", [])
        return {header["name"]: header.get("required", False) for header in found if header["in"] == "header"}

    assert headers("addBook") == {"Idempotency-Key": True}
    assert headers("replaceBook") == {"Idempotency-Key": False, "If-Match": True}
    assert headers("getBook") == {"If-None-Match": False}
    assert headers("listBooks") == {}
    assert {"412", "428", "409", "422"} <= set(operation(document, "replaceBook")["responses"])


def test_what_will_go_is_marked(document: dict[str, Any]) -> None:
    assert operation(document, "countBooks")["deprecated"] is True
    assert operation(document, "countBooks")["x-sunset"] == "2027-01-31"
    assert "deprecated" not in operation(document, "listBooks")


def test_request_bodies_are_closed_and_named_once(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert schemas["BookRequest"]["additionalProperties"] is False
    assert not [name for name in schemas if "RequestRequest" in name]


@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/yaml", "text/csv;q=0"])
def test_openapi_json_is_json_whatever_accept_says(guest: Any, document: dict[str, Any], accept: str) -> None:
    response = guest.get("/api/v1/openapi.json", HTTP_ACCEPT=accept)

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.json() == json.loads(json.dumps(document))


def test_openapi_json_is_not_sent_twice(guest: Any) -> None:
    etag = guest.get("/api/v1/openapi.json")["ETag"]

    assert guest.get("/api/v1/openapi.json", HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_the_page_has_no_inline_script_and_nothing_from_elsewhere(guest: Any) -> None:
    response = guest.get("/api/v1/docs", HTTP_ACCEPT="text/html")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<script ") == page.count("</script>") == 3
    assert "<script>" not in page
    assert "<style" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]


def test_the_page_s_script_reads_our_document(guest: Any) -> None:
    response = guest.get("/api/v1/docs?script=")

    assert response["Content-Type"] == "application/javascript"
    assert b"/api/v1/openapi.json" in response.content


def ids(found: list[Any]) -> list[str]:
    return [message.id for message in found]


def test_the_tests_own_site_passes_every_check() -> None:
    from django.core.checks import run_checks

    assert run_checks() == []


DAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ([Deprecation("countBooks", since=DAY, sunset=date(2026, 12, 1))], []),
        ([Deprecation("countBooks", since=DAY, sunset=date(2026, 11, 30))], ["http.E001"]),
        ([Deprecation("noSuchThing", since=DAY, sunset=date(2027, 11, 30))], ["http.E002"]),
    ],
)
def test_an_end_needs_thirty_days_notice_and_something_that_ends(monkeypatch: Any, declared: Any, found: Any) -> None:
    monkeypatch.setattr("site_kit.http.tests.shelf.deprecations.DEPRECATIONS", declared)
    from site_kit.http.options import named

    named.cache_clear()

    assert ids(checks.deprecations_give_notice()) == found
    named.cache_clear()


def test_a_refusal_without_a_status_is_found(http_setting: Any) -> None:
    class Forgotten(Refusal):
        """Nobody mapped this."""

    Forgotten.__module__ = "site_kit.http.tests.shelf.somewhere"

    assert "Forgotten has no HTTP status." in [message.msg for message in checks.refusals_have_a_status()]
    Forgotten.__module__ = "elsewhere"
    assert checks.refusals_have_a_status() == []


def test_a_rate_that_is_none_is_found(http_setting: Any) -> None:
    http_setting(RATE_LIMITS={"caller": "often"})

    assert ids(checks.rates_are_readable()) == ["http.E004"]


def test_a_misspelt_promise_is_found(http_setting: Any) -> None:
    http_setting(BROKEN={"hop_limit", "hop_limits"})

    [message] = checks.promises_are_known()
    assert message.msg == "HTTP['BROKEN'] names no promise: hop_limits."


def test_atomic_requests_are_found(monkeypatch: Any) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)

    assert ids(checks.operations_own_their_transactions()) == ["http.E006"]


def test_promises_cannot_be_broken_in_earnest() -> None:
    broken = override_settings(HTTP={"SITE": "shelf", "BROKEN": {"hop_limit"}})
    with broken, pytest.raises(ImproperlyConfigured, match="for test settings only"):
        options()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({}, "HTTP needs the key SITE"),
        ({"SITE": "s", "PUBLIC_READ": []}, "HTTP has no key PUBLIC_READ"),
        ({"SITE": "s", "PUBLIC_READS": "/api"}, "is a sequence of path prefixes"),
        ({"SITE": "s", "PUBLIC_READS": ["api"]}, "is a sequence of path prefixes"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(setting: dict[str, Any], sentence: str) -> None:
    with override_settings(HTTP=setting), pytest.raises(ImproperlyConfigured, match=sentence):
        options()


def test_in_production_nothing_is_broken() -> None:
    assert Options(site="s").broken == frozenset()
    assert not Options(site="s").may_break
    assert PROMISES
