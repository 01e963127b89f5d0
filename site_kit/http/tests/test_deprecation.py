"""Operations and paths that will go."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.test import APIClient

from site_kit.http.bare_paths import bare_paths
from site_kit.http.deprecation import Deprecation
from site_kit.http.tests.conftest import problem

pytestmark = pytest.mark.django_db

TODAY = datetime.now(UTC).date()


def test_every_answer_of_a_deprecated_operation_tells_when_and_what_instead(caller: Any, guest: Any) -> None:
    for response in (caller.get("/api/v1/count"), caller.get("/api/v1/count?x=1"), guest.get("/api/v1/count")):
        assert response["Deprecation"] == f"@{int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())}"
        assert response["Sunset"] == "Sun, 31 Jan 2027 00:00:00 GMT"
        assert response["Link"] == '</api/v1/books>; rel="successor-version"'


def test_no_other_operation_does(caller: Any) -> None:
    for response in (caller.get("/api/v1/books"), caller.post("/api/v1/count"), caller.get("/nowhere")):
        assert "Deprecation" not in response
        assert "Sunset" not in response


def test_without_a_successor_there_is_no_link() -> None:
    headers = Deprecation("x", since=date(2026, 1, 1), sunset=date(2026, 3, 1)).headers()

    assert set(headers) == {"Deprecation", "Sunset"}


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head"])
@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/books", "/api/v1/books"),
        ("/books/", "/api/v1/books"),
        ("/books/7", "/api/v1/books/7"),
        ("/books/7/", "/api/v1/books/7"),
        ("/books/search?q=a%20b&x=%2F&x=", "/api/v1/books/search?q=a%20b&x=%2F&x="),
        ("/books/a%20b%C3%A9", "/api/v1/books/a%20b%C3%A9"),
        ("/books//evil.example/x", "/api/v1/books//evil.example/x"),
        ("/books/%0d%0aX-Evil:1", "/api/v1/books/%0D%0AX-Evil:1"),
    ],
)
def test_a_bare_path_leads_to_its_version_with_all_it_had(guest: Any, method: str, asked: str, target: str) -> None:
    response = getattr(guest, method)(asked)

    assert (response.status_code, response["Location"]) == (308, target)
    assert response.content == b""


def test_a_path_that_only_begins_alike_is_not_there(guest: Any) -> None:
    assert guest.get("/booksellers").status_code == 404


@pytest.mark.parametrize(("sunset", "status"), [(None, 308), (TODAY + timedelta(days=1), 308), (TODAY, 410)])
def test_from_the_sunset_on_it_is_gone(sunset: date | None, status: int) -> None:
    [pattern] = bare_paths({"books": "/api/v1/books"}, sunset=sunset)

    response = pattern.callback(RequestFactory().get("/books"), rest=None)

    assert response.status_code == status


def test_csrf_does_not_stand_in_the_way_of_a_redirect() -> None:
    client = APIClient(enforce_csrf_checks=True)

    assert client.post("/books", {"title": "x"}).status_code == 308


def test_a_bare_path_follows_to_the_very_answer(caller: Any) -> None:
    body = problem(caller.post("/books", {}, format="json", follow=True, HTTP_IDEMPOTENCY_KEY="k"))

    assert body["code"] == "validation_failed"
