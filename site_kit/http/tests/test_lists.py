"""Pages, filters, orderings, fields."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from site_kit.http.keyset import Ordering, cursor_for, with_tie_breaker
from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf.models import Book

pytestmark = pytest.mark.django_db

PATH = "/api/v1/books"


def shelve(count: int, **fields: Any) -> list[Book]:
    books = [
        Book(**{"title": f"Volume {number:03}", "shelf": "abc"[number % 3], "price": Decimal(number % 7), **fields})
        for number in range(count)
    ]
    Book.objects.bulk_create(books)
    return books


def walk(client: Any, path: str = PATH, meanwhile: Any = None) -> list[dict[str, Any]]:
    """Every item of a list, page by page."""
    items, query, joint = [], "", "&" if "?" in path else "?"
    for _ in range(1_000):
        page = client.get(path + query).json()
        items += page["items"]
        if meanwhile:
            meanwhile()
        if page["next_cursor"] is None:
            return items
        query = f"{joint}cursor={page['next_cursor']}"
    raise AssertionError("endless")


def test_a_list_comes_in_pages_of_twenty(guest: Any) -> None:
    shelve(41)

    page = guest.get(PATH).json()
    assert [len(page["items"]), set(page)] == [20, {"items", "next_cursor"}]
    assert [item["title"] for item in walk(guest)] == [f"Volume {number:03}" for number in range(41)]


def test_the_last_page_says_so_also_when_it_is_full(guest: Any) -> None:
    shelve(20)

    response = guest.get(PATH)

    assert response.json()["next_cursor"] is None
    assert "Link" not in response


def test_an_empty_list_is_an_empty_page(guest: Any) -> None:
    assert guest.get(PATH).json() == {"items": [], "next_cursor": None}


def test_the_link_header_leads_to_the_next_page_with_everything_else_kept(guest: Any) -> None:
    shelve(10)

    response = guest.get(f"{PATH}?page_size=3&ordering=-price&shelf=a&fields=title")

    link = response["Link"]
    assert link.startswith("</api/v1/books?page_size=3&ordering=-price&shelf=a&fields=title&cursor=")
    assert link.endswith('>; rel="next"')
    assert len(guest.get(link[1 : link.index(">")]).json()["items"]) == 1


@pytest.mark.parametrize(("ordering", "key"), [("title", "title"), ("-price", "price"), ("-added_at", "added_at")])
@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_every_row_comes_once_whatever_the_order_and_size(guest: Any, ordering: str, key: str, size: int) -> None:
    books = shelve(30)
    same_moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number, book in enumerate(books):
        book.added_at = same_moment + timedelta(microseconds=1 + number // 4)
    Book.objects.bulk_update(books, ["added_at"])

    items = walk(guest, f"{PATH}?ordering={ordering}&page_size={size}")

    assert sorted(item["id"] for item in items) == sorted(book.pk for book in books)
    values = [item[key] for item in items]
    assert values == sorted(values, reverse=ordering.startswith("-"))


@pytest.mark.parametrize("seed", range(5))
def test_rows_that_stay_are_met_once_while_others_come_and_go(guest: Any, seed: int) -> None:
    chance = random.Random(seed)
    stable = {book.pk for book in shelve(60, price=Decimal(3))}
    passing: list[int] = []

    def meanwhile() -> None:
        for _ in range(20):
            title = f"Volume {chance.randrange(60):03}{chance.choice('-~')}"
            passing.append(Book.objects.create(title=title, shelf="a", price=chance.randrange(7)).pk)
        gone = chance.sample(passing, 8)
        Book.objects.filter(pk__in=gone).delete()

    items = walk(guest, f"{PATH}?ordering=-price&page_size=7", meanwhile)

    met = [item["id"] for item in items if item["id"] in stable]
    assert sorted(met) == sorted(stable)
    assert len(items) == len({item["id"] for item in items})


def test_a_page_is_one_query_without_a_count(guest: Any) -> None:
    shelve(50)
    cursor = guest.get(PATH).json()["next_cursor"]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        guest.get(f"{PATH}?cursor={cursor}")

    [query] = [query["sql"] for query in queries]
    assert "COUNT" not in query
    assert "OFFSET" not in query
    assert "LIMIT 21" in query


@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "", "1.5", "1e1", "９", "9" * 400])
def test_a_page_has_1_to_100_rows(guest: Any, size: str) -> None:
    response = guest.get(PATH, {"page_size": size})

    body = problem(response)
    assert (response.status_code, body["code"]) == (400, "invalid_parameter")
    assert body["errors"] == [{"field": "page_size", "code": "out_of_range", "message": "A number from 1 to 100."}]


def test_a_page_may_have_100_rows(guest: Any) -> None:
    shelve(101)

    assert len(guest.get(f"{PATH}?page_size=100").json()["items"]) == 100


@pytest.mark.parametrize("cursor", ["", "x", "a.b", "e30.x", "é", "x" * 5000, "WzFd", "W10.x"])
def test_a_cursor_of_no_list_is_refused(guest: Any, cursor: str) -> None:
    response = guest.get(PATH, {"cursor": cursor})

    assert (response.status_code, problem(response)["code"]) == (400, "invalid_cursor")


def test_a_changed_cursor_is_refused(guest: Any) -> None:
    shelve(30)
    cursor = guest.get(PATH).json()["next_cursor"]

    for place in (0, 5, len(cursor) // 2, len(cursor) - 2):
        other = "A" if cursor[place] != "A" else "B"
        changed = cursor[:place] + other + cursor[place + 1 :]
        assert problem(guest.get(PATH, {"cursor": changed}))["code"] == "invalid_cursor"


@pytest.mark.parametrize("other", ["ordering=-price", "shelf=a", "cheaper_than=3", "on=a&on=b"])
def test_a_cursor_is_good_for_its_own_list_only(guest: Any, other: str) -> None:
    shelve(30)
    cursor = guest.get(PATH).json()["next_cursor"]

    response = guest.get(f"{PATH}?{other}&cursor={cursor}")

    assert problem(response)["detail"] == "The cursor belongs to another list, filter or ordering."


def test_a_cursor_keeps_when_only_the_size_and_the_fields_change(guest: Any) -> None:
    shelve(30)
    cursor = guest.get(f"{PATH}?page_size=5").json()["next_cursor"]

    page = guest.get(f"{PATH}?page_size=2&fields=title&cursor={cursor}").json()

    assert [item["title"] for item in page["items"]] == ["Volume 005", "Volume 006"]


def test_an_order_by_what_may_be_null_is_a_mistake_told_at_once() -> None:
    with pytest.raises(ValueError, match="met a null"):
        cursor_for(Ordering("price", ("price", "pk")), Book(title="x", price=None, pk=1), about="")


def test_ties_are_broken_by_the_primary_key() -> None:
    assert with_tie_breaker("a", ("title",)).columns == ("title", "pk")
    assert with_tie_breaker("a", ("-price", "-title")).columns == ("-price", "-title", "-pk")
    assert with_tie_breaker("a", ("-id",)).columns == ("-id",)


def test_filters_narrow(guest: Any) -> None:
    shelve(21)

    assert {item["shelf"] for item in walk(guest, f"{PATH}?shelf=b")} == {"b"}
    assert {item["price"] for item in walk(guest, f"{PATH}?cheaper_than=2")} == {"0.00", "1.00"}
    assert {item["shelf"] for item in walk(guest, f"{PATH}?on=a&on=c")} == {"a", "c"}
    assert {item["price"] for item in walk(guest, f"{PATH}?dear=true")} == {"4.00", "5.00", "6.00"}
    assert len(walk(guest, f"{PATH}?dear=false")) == 12
    assert walk(guest, f"{PATH}?added_before=2020-01-01T00:00:00Z") == []
    assert len(walk(guest, f"{PATH}?added_after=2020-01-01T00:00:00Z")) == 21


@pytest.mark.parametrize(
    "name",
    [
        "colour",
        "shelf__startswith",
        "pk",
        "ordering__x",
        "Shelf",
        "shelf ",
        "format",
        "limit",
        "offset",
        "",
        "🙂",
        "a" * 900,
    ],
)
def test_a_parameter_that_is_not_there_is_refused_by_name_with_those_that_are(guest: Any, name: str) -> None:
    response = guest.get(PATH, {name: "x"})

    body = problem(response)
    assert (response.status_code, body["code"]) == (400, "unknown_parameter")
    assert body["details"]["allowed"] == [
        "added_after", "added_before", "cheaper_than", "cursor", "dear", "expand", "fields", "on", "ordering",
        "page_size", "shelf",
    ]  # fmt: skip
    assert [error["field"] for error in body["errors"]] == [name[:100]]


def test_writes_take_no_parameters(caller: Any) -> None:
    body = problem(caller.post(f"{PATH}?shelf=a", {}, format="json"))

    assert (body["code"], body["detail"]) == ("unknown_parameter", "This address takes none.")


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("cheaper_than=much", "cheaper_than", "invalid"),
        ("cheaper_than=NaN", "cheaper_than", "invalid"),
        ("dear=yes", "dear", "invalid"),
        ("dear=", "dear", "invalid"),
        ("added_after=yesterday", "added", "invalid"),
        ("on=z", "on", "invalid_choice"),
        ("shelf=a&shelf=b", "shelf", "repeated"),
        ("page_size=1&page_size=2", "page_size", "repeated"),
        ("shelf=%00", "shelf", "nul"),
        ("ordering=id", "ordering", "unknown_ordering"),
        ("ordering=price", "ordering", "unknown_ordering"),
        ("ordering=title;DROP", "ordering", "unknown_ordering"),
        ("ordering=", "ordering", "unknown_ordering"),
        ("fields=title,colour", "fields", "unknown_field"),
        ("fields=history", "fields", "unknown_field"),
        ("fields=__class__", "fields", "unknown_field"),
        ("fields=title,title", "fields", "repeated"),
        ("fields=", "fields", "empty"),
        ("expand=,", "expand", "empty"),
        ("expand=title", "expand", "unknown_field"),
        ("expand=history,neighbours", "expand", "too_many"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(guest: Any, query: str, field: str, code: str) -> None:
    response = guest.get(f"{PATH}?{query}")

    body = problem(response)
    assert (response.status_code, body["code"]) == (400, "invalid_parameter")
    assert [(error["field"], error["code"]) for error in body["errors"]] == [(field, code)]


def test_a_refused_name_tells_those_that_there_are(guest: Any) -> None:
    assert problem(guest.get(f"{PATH}?ordering=x"))["details"] == {"allowed": ["-added_at", "-price", "title"]}
    assert problem(guest.get(f"{PATH}?expand=x"))["details"] == {"allowed": ["history", "neighbours"]}


@pytest.mark.parametrize("seed", range(3))
def test_five_hundred_odd_queries_are_answered_without_a_fault(guest: Any, seed: int) -> None:
    chance = random.Random(seed)
    names = ["shelf", "cheaper_than", "on", "ordering", "cursor", "page_size", "fields", "expand", "x__y", "shelf.x"]
    values = [
        "'",
        '"',
        "--",
        "%",
        "\\",
        "\r\n",
        "\x1b",
        "1e999",
        "-0",
        "(",
        "a" * 3000,
        "__",
        "{}",
        "😀",
        "\ud7ff",
        "%s",
    ]
    for _ in range(170):
        query = {chance.choice(names): "".join(chance.choices(values, k=chance.randrange(1, 4)))}
        assert guest.get(PATH, query).status_code in {200, 400}, query


def test_fields_and_expand_shape_the_items(guest: Any) -> None:
    [book] = shelve(1)
    plain = {"id", "title", "shelf", "price", "added_at"}

    assert set(guest.get(PATH).json()["items"][0]) == plain
    assert guest.get(f"{PATH}?fields=title").json()["items"] == [{"id": book.pk, "title": "Volume 000"}]
    assert set(guest.get(f"{PATH}?expand=history").json()["items"][0]) == {*plain, "history"}
    assert guest.get(f"{PATH}/{book.pk}?fields=title,%20price&expand=history").json() == {
        "id": book.pk,
        "title": "Volume 000",
        "price": "0.00",
        "history": [1],
    }


def test_times_are_rfc_3339_in_utc_and_money_is_text(guest: Any) -> None:
    [book] = shelve(1)
    Book.objects.update(added_at=datetime(2026, 3, 1, 12, 30, 0, 5, tzinfo=UTC))

    body = guest.get(f"{PATH}/{book.pk}").json()

    assert (body["added_at"], body["price"]) == ("2026-03-01T12:30:00.000005Z", "0.00")


def test_a_nul_in_the_path_is_nothing_there(caller: Any) -> None:
    assert caller.get("/api/v1/books/%00").status_code == 404
