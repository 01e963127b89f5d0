"""Hop limit, then 308, then 401, then 403, then everything else."""

from typing import Any

import pytest

from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf.models import Book

pytestmark = pytest.mark.django_db

NONSENSE = {"data": b"{nonsense", "content_type": "application/json"}


def test_a_far_travelled_call_is_refused_before_it_is_redirected(guest: Any) -> None:
    response = guest.get("/books", HTTP_X_HOP_COUNT="2")

    assert problem(response)["code"] == "too_many_hops"
    assert response.status_code == 508


def test_a_bare_path_is_redirected_before_anybody_is_asked_for_a_token(guest: Any) -> None:
    response = guest.post("/books", **NONSENSE)

    assert (response.status_code, response["Location"]) == (308, "/api/v1/books")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/v1/books"),
        ("post", "/api/v1/books?what=1"),
        ("put", "/api/v1/books/1"),
        ("put", "/api/v1/books/999999"),
        ("delete", "/api/v1/books/1"),
        ("patch", "/api/v1/books/1"),
        ("get", "/api/v1/count?what=1"),
        ("get", "/api/v1/no/such/address"),
        ("post", "/api/v1/books/1/no/such/address"),
        ("get", "/api/v1/failing/bug"),
    ],
)
def test_a_stranger_hears_401_whatever_else_is_wrong(guest: Any, method: str, path: str) -> None:
    body = NONSENSE if method in {"post", "put", "patch"} else {}

    response = getattr(guest, method)(path, HTTP_ACCEPT="text/csv", **body)

    assert response.status_code == 401
    assert problem(response)["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == 'Bearer realm="shelf"'
    assert not Book.objects.exists()


@pytest.mark.parametrize("path", ["/api/v1/books", "/api/v1/echo"])
def test_a_caller_without_the_scope_hears_403_whatever_else_is_wrong(guest: Any, token: Any, path: str) -> None:
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {token(scopes=['shelf:read'])}")

    response = guest.post(f"{path}?what=1", HTTP_ACCEPT="text/csv", **NONSENSE)

    assert response.status_code == 403
    assert problem(response)["code"] == "insufficient_scope"
    assert response["WWW-Authenticate"] == 'Bearer realm="shelf", error="insufficient_scope", scope="shelf:write"'


def test_a_public_read_with_a_bad_token_is_401_all_the_same(guest: Any) -> None:
    guest.credentials(HTTP_AUTHORIZATION="Bearer nonsense")

    assert problem(guest.get("/api/v1/books"))["code"] == "invalid_token"


def test_then_the_method_then_the_accept_header_then_the_query_then_the_body(caller: Any) -> None:
    csv = {"HTTP_ACCEPT": "text/csv"}

    assert problem(caller.patch("/api/v1/books/1?what=1", **csv, **NONSENSE))["code"] == "method_not_allowed"
    assert problem(caller.post("/api/v1/echo?what=1", **csv, **NONSENSE))["code"] == "not_acceptable"
    assert problem(caller.post("/api/v1/echo?what=1", **NONSENSE))["code"] == "unknown_parameter"
    assert problem(caller.post("/api/v1/echo", **NONSENSE))["code"] == "malformed_json"


def test_with_a_token_an_address_that_is_not_there_is_404(caller: Any) -> None:
    response = caller.get("/api/v1/no/such/address")

    assert response.status_code == 404
    assert problem(response)["code"] == "not_found"


def test_a_guest_may_hear_404_where_guests_may_read(guest: Any) -> None:
    assert guest.get("/api/v1/books/17").status_code == 404
    assert guest.get("/api/v1/books/no/such/address").status_code == 404
    assert guest.get("/nowhere").status_code == 404


def test_a_trailing_slash_is_another_address(caller: Any) -> None:
    assert caller.get("/api/v1/books/").status_code == 404
