"""A write asked for twice happens once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.functions import Now
from django.test import override_settings

from site_kit.http.answer_sweep import sweep_answers
from site_kit.http.models import StoredAnswer
from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf.models import Book

pytestmark = pytest.mark.django_db

BOOK = {"title": "Emma", "shelf": "a", "price": "9.90"}


def add(client: Any, book: Any = BOOK, *, key: str | None = "k-1", path: str = "/api/v1/books", **headers: Any) -> Any:
    more = {"HTTP_IDEMPOTENCY_KEY": key} if key is not None else {}
    return client.post(path, book, format="json", **more, **headers)


def titles() -> list[str]:
    return list(Book.objects.values_list("title", flat=True))


def test_a_retry_gets_the_first_answer_to_the_byte_and_changes_nothing(caller: Any) -> None:
    first = add(caller)
    Book.objects.update(title="Changed since")
    second = add(caller)

    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    for name in ("Content-Type", "Location", "ETag"):
        assert first[name] == second[name]
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert "X-Other" not in second
    assert second["X-Request-ID"] != first["X-Request-ID"]
    assert titles() == ["Changed since"]


def test_another_key_is_another_request(caller: Any) -> None:
    add(caller, key="k-1")
    add(caller, {**BOOK, "title": "Persuasion"}, key="k-2")

    assert titles() == ["Emma", "Persuasion"]


def test_the_same_key_with_another_body_is_refused_and_changes_nothing(caller: Any) -> None:
    add(caller)
    response = add(caller, {**BOOK, "price": "9.91"})

    assert (response.status_code, problem(response)["code"]) == (422, "idempotency_key_reused")
    assert titles() == ["Emma"]
    assert add(caller)["Idempotency-Replayed"] == "true"


def test_spacing_and_order_of_keys_do_not_make_another_body(caller: Any) -> None:
    add(caller)
    shuffled = json.dumps(dict(reversed(BOOK.items())), indent=8)
    response = caller.post("/api/v1/books", shuffled, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1")

    assert response["Idempotency-Replayed"] == "true"


def test_a_key_means_nothing_to_another_caller_or_on_another_address(caller: Any, guest: Any, token: Any) -> None:
    add(caller)
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {token(subject='other')}")
    other = add(guest, {**BOOK, "title": "Persuasion"})
    elsewhere = add(caller, path="/api/v1/failing/fine")

    assert other.status_code == 201
    assert elsewhere.status_code == 200
    assert "Idempotency-Replayed" not in elsewhere
    assert titles() == ["Emma", "Persuasion", "half done"]


def test_the_same_key_for_another_member_of_a_route_is_refused(caller: Any) -> None:
    add(caller, path="/api/v1/failing/fine")
    response = add(caller, path="/api/v1/failing/other")

    assert problem(response)["code"] == "idempotency_key_reused"


def test_a_key_is_needed_where_it_is_required(caller: Any) -> None:
    response = add(caller, key=None)

    assert (response.status_code, problem(response)["code"]) == (400, "idempotency_key_missing")
    assert titles() == []


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "tab\tinside", "\x7f"])
def test_a_key_is_1_to_255_printable_ascii_characters(caller: Any, key: str) -> None:
    response = add(caller, key=key)

    assert (response.status_code, problem(response)["code"]) == (400, "idempotency_key_invalid")
    assert titles() == []


@pytest.mark.parametrize("key", ["x" * 255, '"quoted"', "with space", "~!"])
def test_any_such_key_will_do(caller: Any, key: str) -> None:
    assert add(caller, key=key).status_code == 201


def test_where_it_is_optional_a_write_goes_on_without_one(caller: Any) -> None:
    book = Book.objects.create(**BOOK)

    response = caller.put(
        f"/api/v1/books/{book.pk}", {**BOOK, "title": "Persuasion"}, format="json", HTTP_IF_MATCH=f'"{book.pk}-1"'
    )

    assert response.status_code == 200
    assert not StoredAnswer.objects.exists()


def test_where_it_is_optional_it_works_all_the_same(caller: Any) -> None:
    book = Book.objects.create(**BOOK)
    change = {"HTTP_IF_MATCH": f'"{book.pk}-1"', "HTTP_IDEMPOTENCY_KEY": "k-9"}

    first = caller.put(f"/api/v1/books/{book.pk}", {**BOOK, "title": "P"}, format="json", **change)
    second = caller.put(f"/api/v1/books/{book.pk}", {**BOOK, "title": "P"}, format="json", **change)

    assert first.status_code == second.status_code == 200
    assert second["Idempotency-Replayed"] == "true"
    assert second["ETag"] == first["ETag"] == f'"{book.pk}-2"'
    book.refresh_from_db()
    assert book.revision == 2


def test_an_answer_without_a_body_is_replayed_too(caller: Any) -> None:
    book = Book.objects.create(**BOOK)
    change = {"HTTP_IF_MATCH": f'"{book.pk}-1"', "HTTP_IDEMPOTENCY_KEY": "k-9"}

    first = caller.delete(f"/api/v1/books/{book.pk}", **change)
    second = caller.delete(f"/api/v1/books/{book.pk}", **change)

    assert [first.status_code, second.status_code] == [204, 204]
    assert second["Idempotency-Replayed"] == "true"
    assert second.content == b""


def test_reads_ignore_the_key(caller: Any) -> None:
    response = caller.get("/api/v1/books", HTTP_IDEMPOTENCY_KEY="é" * 500)

    assert response.status_code == 200
    assert not StoredAnswer.objects.exists()


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("bug", 500),
        ("404", 404),
        ("returned", 409),
        ("away", 503),
        ("unrenderable", 500),
        ("stream", 500),
        ("sql", 500),
    ],
)
def test_what_failed_leaves_nothing_and_is_judged_again(caller: Any, how: str, status: int) -> None:
    first = add(caller, path=f"/api/v1/failing/{how}")
    second = add(caller, path=f"/api/v1/failing/{how}")

    assert [first.status_code, second.status_code] == [status, status]
    assert "Idempotency-Replayed" not in second
    assert titles() == []
    assert not StoredAnswer.objects.exists()


def test_a_refusal_is_judged_again_and_may_turn_out_otherwise(caller: Any) -> None:
    there = Book.objects.create(**BOOK)
    assert add(caller).status_code == 422

    there.delete()
    assert add(caller).status_code == 201
    assert titles() == ["Emma"]


def test_a_body_that_is_refused_takes_no_key(caller: Any) -> None:
    assert add(caller, {**BOOK, "price": "much"}).status_code == 400
    assert add(caller).status_code == 201


def test_after_48_hours_a_key_is_new_again(caller: Any) -> None:
    add(caller)
    StoredAnswer.objects.update(stored_at=Now() - timedelta(hours=48, minutes=1))
    Book.objects.all().delete()

    response = add(caller, {**BOOK, "title": "Persuasion"})

    assert response.status_code == 201
    assert "Idempotency-Replayed" not in response
    assert add(caller, {**BOOK, "title": "Persuasion"})["Idempotency-Replayed"] == "true"
    assert StoredAnswer.objects.count() == 1


def test_the_sweep_takes_what_is_too_old_and_nothing_else(caller: Any) -> None:
    for number in range(7):
        add(caller, {**BOOK, "title": f"Volume {number}"}, key=f"k-{number}")
    old = StoredAnswer.objects.order_by("pk")[:5].values("pk")
    StoredAnswer.objects.filter(pk__in=old).update(stored_at=Now() - timedelta(hours=49))

    assert sweep_answers(batch=2) == 5
    assert StoredAnswer.objects.count() == 2
    assert sweep_answers(batch=2) == 0


def test_nothing_of_the_request_or_answer_can_be_read_in_the_table(caller: Any) -> None:
    add(caller, {**BOOK, "title": "A very private title"}, key="a-very-private-key")

    with connection.cursor() as cursor:
        cursor.execute("SELECT row(http_stored_answer.*)::text, answer FROM http_stored_answer")
        [(text, answer)] = cursor.fetchall()
    for word in ("private", "tester", "books", "201"):
        assert word not in text
        assert word.encode() not in bytes(answer)


def test_an_answer_sealed_with_a_former_secret_is_still_replayed(caller: Any, token: Any) -> None:
    first = add(caller)
    with override_settings(SECRET_KEY="a new secret", SECRET_KEY_FALLBACKS=["only for tests"]):
        assert add(caller).content == first.content


def test_an_answer_that_cannot_be_read_is_told_and_not_repeated(caller: Any) -> None:
    add(caller)
    with override_settings(SECRET_KEY="a new secret"):
        response = add(caller)

    assert (response.status_code, problem(response)["code"]) == (409, "idempotency_answer_unreadable")
    assert titles() == ["Emma"]


def test_an_answer_moved_to_another_key_does_not_open(caller: Any) -> None:
    add(caller, key="k-1")
    add(caller, {**BOOK, "title": "Persuasion"}, key="k-2")
    one, two = StoredAnswer.objects.order_by("stored_at")
    StoredAnswer.objects.filter(pk=one.pk).update(answer=two.answer)

    assert problem(add(caller, key="k-1"))["code"] == "idempotency_answer_unreadable"


def cover(caller: Any, content: bytes, key: str = "k-1") -> Any:
    file = SimpleUploadedFile("cover.png", content, content_type="image/png")
    return caller.post("/api/v1/covers", {"cover": file}, format="multipart", HTTP_IDEMPOTENCY_KEY=key)


def test_an_upload_is_the_same_by_its_content_not_by_its_boundary(caller: Any) -> None:
    assert cover(caller, b"pixels").json()["size"] == 6
    assert cover(caller, b"pixels")["Idempotency-Replayed"] == "true"
    assert problem(cover(caller, b"others"))["code"] == "idempotency_key_reused"
    assert Book.objects.count() == 1
