"""ETag, If-Match, If-None-Match."""

from typing import Any

import pytest

from site_kit.http.preconditions import etag_for, parsed
from site_kit.http.problem import RequestRefused
from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf.models import Book

pytestmark = pytest.mark.django_db

BOOK = {"title": "Emma", "shelf": "a", "price": "9.90"}


@pytest.fixture
def book() -> Book:
    return Book.objects.create(**BOOK)


def put(caller: Any, book: Book, **headers: str) -> Any:
    return caller.put(f"/api/v1/books/{book.pk}", {**BOOK, "title": "New"}, format="json", **headers)


def test_without_if_match_a_write_is_refused(caller: Any, book: Book) -> None:
    for response in (put(caller, book), caller.delete(f"/api/v1/books/{book.pk}")):
        assert (response.status_code, problem(response)["code"]) == (428, "precondition_required")
    book.refresh_from_db()
    assert (book.title, book.revision) == ("Emma", 1)


@pytest.mark.parametrize("stale", ['"{pk}-0"', 'W/"{pk}-1"', '"x", "y"', '""'])
def test_a_state_that_is_no_more_is_refused_with_the_present_tag(caller: Any, book: Book, stale: str) -> None:
    response = put(caller, book, HTTP_IF_MATCH=stale.format(pk=book.pk))

    assert (response.status_code, problem(response)["code"]) == (412, "precondition_failed")
    assert response["ETag"] == f'"{book.pk}-1"'
    book.refresh_from_db()
    assert book.title == "Emma"


@pytest.mark.parametrize("fresh", ['"{pk}-1"', '"x" , "{pk}-1"', 'W/"x","{pk}-1",', "*", " * "])
def test_the_present_state_may_be_changed(caller: Any, book: Book, fresh: str) -> None:
    response = put(caller, book, HTTP_IF_MATCH=fresh.format(pk=book.pk))

    assert (response.status_code, response["ETag"]) == (200, f'"{book.pk}-2"')


@pytest.mark.parametrize("unreadable", ["", "7", '"a" "b"', '"a', 'w/"a"', '"a",,', '"a\\"b"', ","])
def test_a_header_that_cannot_be_read_is_refused(caller: Any, book: Book, unreadable: str) -> None:
    response = put(caller, book, HTTP_IF_MATCH=unreadable)

    assert (response.status_code, problem(response)["code"]) == (400, "invalid_precondition")


def test_what_is_not_there_is_404_before_412(caller: Any) -> None:
    assert caller.put("/api/v1/books/999", BOOK, format="json", HTTP_IF_MATCH="*").status_code == 404


@pytest.mark.parametrize("known", ['"{pk}-1"', 'W/"{pk}-1"', '"x", "{pk}-1"', "*"])
def test_a_reader_who_has_it_gets_304_without_a_body(guest: Any, book: Book, known: str) -> None:
    response = guest.get(f"/api/v1/books/{book.pk}", HTTP_IF_NONE_MATCH=known.format(pk=book.pk))

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == f'"{book.pk}-1"'
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("known", ['"{pk}-0"', '"x"', '""'])
def test_a_reader_who_has_another_state_gets_it_all(guest: Any, book: Book, known: str) -> None:
    response = guest.get(f"/api/v1/books/{book.pk}", HTTP_IF_NONE_MATCH=known.format(pk=book.pk))

    assert response.status_code == 200
    assert (response.json()["title"], response["ETag"]) == ("Emma", f'"{book.pk}-1"')


def test_a_query_that_makes_no_sense_is_refused_also_where_304_would_do(guest: Any, book: Book) -> None:
    assert guest.get(f"/api/v1/books/{book.pk}?expand=x", HTTP_IF_NONE_MATCH="*").status_code == 400


def test_head_is_get_without_the_body(guest: Any, book: Book) -> None:
    response = guest.head(f"/api/v1/books/{book.pk}")

    assert (response.status_code, response.content, response["ETag"]) == (200, b"", f'"{book.pk}-1"')


def test_a_tag_is_made_of_what_may_stand_in_one() -> None:
    assert etag_for("a b", 'c"d', 7, "é") == '"a_b-c_d-7-_"'


def test_star_means_that_there_is_something() -> None:
    assert parsed("*").strongly('"a"')
    assert not parsed("*").strongly(None)


def test_a_long_header_is_read_in_no_time() -> None:
    with pytest.raises(RequestRefused):
        parsed('"a" ' * 20_000)
