"""Everything that is a no or a fault is RFC 9457, and nothing inside shows."""

import json
import logging
from typing import Any

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf.models import Book

pytestmark = pytest.mark.django_db

BOOK = {"title": "Emma", "shelf": "a", "price": "9.90"}


def add(caller: Any, book: object, key: str = "k-1") -> Any:
    return caller.post("/api/v1/books", book, format="json", HTTP_IDEMPOTENCY_KEY=key)


def test_a_refusal_has_the_sites_status_its_own_code_and_its_facts(caller: Any) -> None:
    response = add(caller, {**BOOK, "shelf": "full"})

    assert response.status_code == 409
    assert problem(response) == {
        "type": "urn:problem:shelf_full",
        "title": "Shelf full",
        "status": 409,
        "detail": "No room on the shelf.",
        "code": "shelf_full",
        "request_id": response["X-Request-ID"],
        "details": {"shelf": "full", "room": 1000},
    }
    assert not Book.objects.exists()


def test_a_refusal_that_is_not_listed_has_the_status_of_the_class_it_derives_from(caller: Any) -> None:
    add(caller, BOOK)

    response = add(caller, BOOK, key="k-2")

    assert response.status_code == 422
    assert problem(response)["code"] == "title_taken"
    assert Book.objects.count() == 1


def test_faults_of_fields_are_a_flat_list_with_paths(caller: Any) -> None:
    book = {"title": "", "price": "x", "colour": "red", "notes": [{"page": 1, "text": "ok"}, {"page": 0, "txt": "?"}]}

    response = add(caller, book)

    body = problem(response)
    assert (response.status_code, body["code"]) == (400, "validation_failed")
    assert [(fault["field"], fault["code"]) for fault in body["errors"]] == [
        ("title", "blank"),
        ("shelf", "required"),
        ("price", "invalid"),
        ("notes[1].page", "min_value"),
        ("notes[1].text", "required"),
        ("notes[1].txt", "unknown_field"),
        ("colour", "unknown_field"),
    ]
    assert body["errors"][-1]["message"] == "There is no such field here. There are: notes, price, shelf, title."
    assert not Book.objects.exists()


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_a_fault_of_the_body_as_a_whole(caller: Any, body: object) -> None:
    response = caller.post(
        "/api/v1/books", json.dumps(body), content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1"
    )

    assert response.status_code == 400
    assert [fault["field"] for fault in problem(response)["errors"]] == [""]


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("path", ["/api/v1/failing/bug", "/plain/bug", "/api/v1/failing/sql", "/plain/sql"])
def test_a_bug_is_500_without_a_word_of_what_is_inside(caller: Any, path: str, debug: bool, caplog: Any) -> None:
    with override_settings(DEBUG=debug), caplog.at_level(logging.ERROR):
        response = caller.get(path)

    body = problem(response)
    assert (response.status_code, body["code"]) == (500, "internal_error")
    assert body["detail"] == "Something failed here. The request id finds it in the logs."
    for word in (b"SELECT", b"secret", b"Traceback", b"no_such_column", b"RuntimeError"):
        assert word not in response.content


def test_a_bug_is_logged_with_its_request_id_and_traceback(caller: Any) -> None:
    from structlog.testing import capture_logs

    with capture_logs() as lines:
        caller.get("/plain/bug")

    [line] = [line for line in lines if line["event"] == "request_failed"]
    assert line["error"] == "RuntimeError"
    assert line["exc_info"].__traceback__ is not None


@pytest.mark.parametrize("debug", [True, False])
def test_django_s_own_answers_are_problems_too(caller: Any, debug: bool) -> None:
    with override_settings(DEBUG=debug):
        assert problem(caller.get("/nowhere"))["code"] == "not_found"
        assert problem(caller.get("/plain/404"))["code"] == "not_found"
        assert b"internal words" not in caller.get("/plain/404").content
        assert problem(caller.get("/nowhere", HTTP_HOST="evil.example"))["code"] == "bad_request"
        response = caller.delete("/health/live")
        assert (problem(response)["code"], response["Allow"]) == ("method_not_allowed", "GET, HEAD")


def test_a_form_without_its_csrf_token_is_a_problem_outside_the_back_office() -> None:
    client = APIClient(enforce_csrf_checks=True)

    response = client.post("/plain/ok")

    assert (response.status_code, problem(response)["code"]) == (403, "permission_denied")


@pytest.mark.parametrize(("how", "status"), [("bug", 500), ("404", 404), ("away", 503)])
def test_a_person_in_the_back_office_gets_a_page(guest: Any, how: str, status: int) -> None:
    response = guest.get(f"/admin/{how}", HTTP_ACCEPT="text/html,*/*;q=0.8")

    assert response.status_code == status
    assert response.content == f"<h1>page for a person: {status}</h1>".encode()


def test_a_program_at_the_back_office_gets_a_problem(guest: Any) -> None:
    assert problem(guest.get("/admin/bug"))["code"] == "internal_error"


def test_a_method_that_is_not_there_is_405_and_names_those_that_are(caller: Any) -> None:
    response = caller.patch("/api/v1/books/1", {}, format="json")

    assert response.status_code == 405
    assert problem(response)["code"] == "method_not_allowed"
    assert set(response["Allow"].split(", ")) >= {"GET", "PUT", "DELETE"}


def test_options_is_not_answered(caller: Any) -> None:
    assert caller.options("/api/v1/books").status_code == 405


def test_an_accept_header_that_nothing_fits_is_406_naming_what_there_is(caller: Any) -> None:
    response = caller.get("/api/v1/books", HTTP_ACCEPT="text/csv")

    assert response.status_code == 406
    assert problem(response)["details"] == {"available": ["application/json"]}


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json", "text/html, */*;q=0.1", ""])
def test_an_accept_header_that_admits_json_gets_it(caller: Any, accept: str) -> None:
    response = caller.get("/api/v1/books", HTTP_ACCEPT=accept)

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_every_answer_carries_the_security_headers(caller: Any) -> None:
    for path in ("/api/v1/books", "/nowhere", "/health/live", "/books", "/api/v1/openapi.json"):
        response = caller.get(path)

        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert caller.get("/api/v1/books")["Cache-Control"] == "private, no-cache"
