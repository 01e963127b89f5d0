"""Live, ready, metrics, and requests while the database is away."""

import time
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from psycopg_pool import PoolTimeout
from rest_framework.test import APIClient

from site_kit.http.client_address import client_address, is_loopback
from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf import chassis
from site_kit.http.translation import problem_of


def test_live_touches_nothing(guest: Any) -> None:
    response = guest.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_ready_names_what_is_away(guest: Any) -> None:
    chassis.READINESS.status, chassis.READINESS.parts = "degraded", {"database": "ok", "broker": "away"}

    response = guest.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "parts": {"database": "ok", "broker": "away"}}


def test_without_its_database_a_site_is_not_ready(guest: Any) -> None:
    chassis.READINESS.status, chassis.READINESS.parts = "unavailable", {"database": "away"}

    response = guest.get("/health/ready")

    body = problem(response)
    assert (response.status_code, body["code"], body["details"]) == (
        503, "database_unavailable", {"parts": {"database": "away"}},
    )  # fmt: skip
    assert response["Retry-After"] == "2"


def test_metrics_are_open_on_this_machine(guest: Any) -> None:
    response = guest.get("/metrics")

    assert (response.status_code, response.content) == (200, b"books 1\n")
    assert response["Content-Type"] == "text/plain; version=0.0.4"


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_AUTHORIZATION": "Bearer wrong"},
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_AUTHORIZATION": "Bearer "},
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_AUTHORIZATION": "Bearer a token for metrics é"},
    ],
)
def test_from_elsewhere_metrics_need_their_token(guest: Any, meta: dict[str, str]) -> None:
    response = guest.get("/metrics", **meta)

    assert (response.status_code, problem(response)["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["", None])
def test_without_a_token_set_metrics_stay_closed_elsewhere(guest: Any, http_setting: Any, token: str | None) -> None:
    http_setting(METRICS_TOKEN=token)

    for header in ("Bearer ", "Bearer None", "Bearer"):
        assert guest.get("/metrics", REMOTE_ADDR="10.0.0.7", HTTP_AUTHORIZATION=header).status_code == 401


def test_with_it_they_open(guest: Any) -> None:
    token = {"HTTP_AUTHORIZATION": "Bearer a token for metrics"}

    assert guest.get("/metrics", REMOTE_ADDR="10.0.0.7", **token).status_code == 200


@pytest.mark.parametrize(
    ("address", "loopback"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("10.0.0.1", False), ("x", False)],
)
def test_this_machine_is_known_by_its_addresses(rf: RequestFactory, address: str, loopback: bool) -> None:
    assert is_loopback(rf.get("/", REMOTE_ADDR=address)) is loopback


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_guest_is_counted_by_address(rf: RequestFactory, address: str, counted_as: str) -> None:
    assert client_address(rf.get("/", REMOTE_ADDR=address)) == counted_as


@pytest.mark.parametrize("path", ["/health/live", "/metrics", "/books", "/api/v1/openapi.json", "/api/v1/docs"])
def test_what_needs_no_database_is_served_while_the_gate_is_closed(guest: Any, path: str) -> None:
    chassis.STATE["gate"] = False

    assert guest.get(path).status_code in {200, 308}


@pytest.mark.parametrize("path", ["/api/v1/books", "/api/v1/count", "/plain/ok", "/admin/ok"])
def test_all_else_hears_503_at_once_and_touches_no_database(guest: Any, path: str) -> None:
    guest.get("/health/live")
    chassis.STATE["gate"] = False  # without the django_db mark a query would fail this test

    begun = time.perf_counter()
    response = guest.get(path)

    assert time.perf_counter() - begun < 0.5
    assert (response.status_code, problem(response)["code"]) == (503, "database_unavailable")
    assert response["Retry-After"] == "2"


def test_a_person_gets_a_page_while_the_gate_is_closed(guest: Any) -> None:
    chassis.STATE["gate"] = False

    response = guest.get("/admin/ok", HTTP_ACCEPT="text/html")

    assert (response.status_code, response.content) == (503, b"<h1>page for a person: 503</h1>")
    assert response["Retry-After"] == "2"


def test_an_address_that_is_not_there_needs_no_database(guest: Any) -> None:
    chassis.STATE["gate"] = False

    assert guest.get("/nowhere").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/failing/timeout", "/plain/timeout"])
def test_a_statement_that_takes_too_long_is_503_busy(caller: Any, path: str) -> None:
    response = caller.get(path)

    assert (response.status_code, problem(response)["code"]) == (503, "busy")
    assert response["Retry-After"] == "1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/api/v1/failing/killed", "/plain/killed", "/admin/killed"])
def test_a_connection_that_dies_in_flight_is_503_and_the_next_request_is_served(caller: Any, path: str) -> None:
    response = caller.get(path)

    assert (response.status_code, problem(response)["code"]) == (503, "database_unavailable")
    assert response["Retry-After"] == "2"
    connection.close()
    assert caller.get("/api/v1/count").status_code == 200


@pytest.mark.parametrize("fault", [OperationalError("gone"), PoolTimeout("no connection in 0.8 s")])
def test_a_pool_that_has_nothing_to_give_is_503(fault: Exception) -> None:
    assert (problem_of(fault).status, problem_of(fault).code) == (503, "database_unavailable")


def test_a_closed_gate_stands_before_the_session(guest: Any, settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "site_kit.http.tests.shelf.chassis.asks_for_the_person"]
    chassis.STATE["gate"] = False
    client = APIClient(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32

    assert client.get("/admin/ok").status_code == 503
