"""The same key from many sides at once, on real transactions."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from rest_framework.test import APIClient

from site_kit.http.idempotency import alone
from site_kit.http.models import StoredAnswer
from site_kit.http.request_identity import retry_name
from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf.models import Book

pytestmark = pytest.mark.django_db(transaction=True)

BOOK = {"title": "Emma", "shelf": "a", "price": "9.90"}


def in_threads(count: int, work: Any) -> list[Any]:
    start = threading.Barrier(count)

    def one(number: int) -> Any:
        start.wait(10)
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def add(header: str, key: str = "k-1") -> Any:
    client = APIClient(raise_request_exception=False)
    return client.post(
        "/api/v1/books", BOOK, format="json", HTTP_IDEMPOTENCY_KEY=key, HTTP_AUTHORIZATION=f"Bearer {header}"
    )


def add_and_hang_up(header: str) -> Any:
    try:
        return add(header)
    finally:
        connections.close_all()


def test_fifty_at_once_make_one_book_and_the_others_hear_why(token: Any) -> None:
    header = token()

    answers = in_threads(50, lambda number: add(header))

    assert Book.objects.count() == 1
    assert StoredAnswer.objects.count() == 1
    codes = Counter(answer.status_code for answer in answers)
    assert set(codes) <= {201, 409}
    made = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in made}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in made) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert (problem(answer)["code"], answer["Retry-After"]) == ("request_in_progress", "1")
    assert add(header)["Idempotency-Replayed"] == "true"


def test_while_the_first_runs_the_second_is_sent_away_without_waiting(token: Any, monkeypatch: Any) -> None:
    header = token()
    inside, finish = threading.Event(), threading.Event()
    create = Book.objects.create

    def slow(**fields: Any) -> Book:
        inside.set()
        assert finish.wait(10)
        return create(**fields)

    monkeypatch.setattr(Book.objects, "create", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(add_and_hang_up, header)
        assert inside.wait(10)
        second = add(header)
        finish.set()

    assert (second.status_code, problem(second)["code"]) == (409, "request_in_progress")
    assert first.result().status_code == 201
    assert Book.objects.count() == 1


def test_the_lock_ends_with_the_transaction_even_when_it_fails(caller: Any) -> None:
    client = caller
    for _ in range(2):
        response = client.post("/api/v1/failing/killed", {}, format="json", HTTP_IDEMPOTENCY_KEY="k-1")
        assert (response.status_code, problem(response)["code"]) == (503, "database_unavailable")
        connection.close()

    assert not Book.objects.exists()
    with transaction.atomic():
        assert alone("ab" * 32)
        assert alone("ab" * 32)


def test_an_idempotent_method_inside_another_transaction_is_a_mistake(caller: Any) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        APIClient().post(
            "/api/v1/books",
            BOOK,
            format="json",
            HTTP_IDEMPOTENCY_KEY="k",
            HTTP_AUTHORIZATION=caller._credentials["HTTP_AUTHORIZATION"],
        )


def test_retry_names_do_not_run_into_each_other(rf: Any) -> None:
    def name(path: str, key: str) -> str:
        request = rf.post(path)
        request.resolver_match = None
        return retry_name(request, key)

    assert name("/a", "bc") != name("/ab", "c")
    assert name("/a", "b") == name("/a", "b")


def test_a_hundred_edits_of_one_state_change_it_once(token: Any) -> None:
    header = token()
    book = Book.objects.create(**BOOK)

    def edit(number: int) -> Any:
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {header}")
        change = {**BOOK, "title": f"By {number}"}
        return client.put(f"/api/v1/books/{book.pk}", change, format="json", HTTP_IF_MATCH=f'"{book.pk}-1"')

    answers = in_threads(20, edit) + in_threads(20, edit)

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 39}
    book.refresh_from_db()
    [won] = [answer.json()["title"] for answer in answers if answer.status_code == 200]
    assert (book.title, book.revision) == (won, 2)
