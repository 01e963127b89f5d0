"""What a body must be before anybody validates it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers

from site_kit.http.json_text import read_json
from site_kit.http.problem import RequestRefused
from site_kit.http.renderers import dumped
from site_kit.http.serializers import StrictSerializer
from site_kit.http.tests.conftest import problem

pytestmark = pytest.mark.django_db


def send(caller: Any, raw: bytes, content_type: str = "application/json", **headers: str) -> Any:
    return caller.post("/api/v1/echo", raw, content_type=content_type, **headers)


@pytest.mark.parametrize(
    ("raw", "detail", "details"),
    [
        (b'{"a": "\xff"}', "Byte 8 is not UTF-8.", {"byte": 8}),
        ('{"a": 1}'.encode("utf-16"), "Byte 1 is not UTF-8.", {"byte": 1}),
        (b'{"a": 1, "a": 2}', "The key «a» stands twice in one object.", {"key": "a"}),
        (b'[{"b": {"c": 1, "d": 2, "c": 3}}]', "The key «c» stands twice in one object.", {"key": "c"}),
        (b'{"a": NaN}', "NaN is not a JSON number.", None),
        (b'{"a": -Infinity}', "-Infinity is not a JSON number.", None),
        (b'{"a": 1e999}', "The number 1e999… is too large or too long.", None),
        (b'{"a": 9223372036854775808}', "The number 9223372036854775808… is too large or too long.", None),
        (b'{"a": -9223372036854775809}', "The number -9223372036854775809… is too large or too long.", None),
        (b'{"a": ' + b"1" * 5000 + b"}", "The number 11111111111111111111… is too large or too long.", None),
        (
            rb'{"a": ["x", {"b": "y\u0000"}]}',
            "The text at «a[1].b» holds a NUL or half a surrogate pair.",
            {"field": "a[1].b"},
        ),
        (rb'{"a": "\ud83d"}', "The text at «a» holds a NUL or half a surrogate pair.", {"field": "a"}),
        (rb'{"\u0000": 1}', "The text at «» holds a NUL or half a surrogate pair.", {"field": ""}),
        (b"[" * 33 + b"]" * 33, "The document is nested deeper than 32 levels.", None),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "The document is nested deeper than 32 levels.", None),
        (b"[" * 30_000, "The document is nested deeper than 32 levels.", None),
    ],
)
def test_what_is_not_strict_json_is_refused_with_its_place(caller: Any, raw: bytes, detail: str, details: Any) -> None:
    response = send(caller, raw)

    body = problem(response)
    assert (response.status_code, body["code"], body["detail"]) == (400, "malformed_json", detail)
    assert body.get("details") == details


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b'{"a" 1}', 1, 6),
        (b'{\n  "a": nope}', 2, 8),
        (b"{} {}", 1, 4),
        (b"   ", 1, 4),
        (b'{"a": "\x00"}', 1, 8),
        (b'{"a": "b', 1, 7),
        (b"\xef\xbb\xbf{}", 1, 1),
    ],
)
def test_malformed_json_is_refused_with_line_and_column(caller: Any, raw: bytes, line: int, column: int) -> None:
    response = send(caller, raw)

    body = problem(response)
    assert (response.status_code, body["code"]) == (400, "malformed_json")
    assert body["details"] == {"line": line, "column": column}
    assert body["detail"].startswith(f"Line {line}, column {column}: ")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": 1.10}', {"a": Decimal("1.10")}),
        (b"[" * 32 + b"]" * 32, None),
        (rb'"\ud83d\ude00"', "😀"),
        (rb'"\\u0000"', "\\u0000"),
        (b'"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["', "[" * 35),
        (
            b"[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]",
            [[]] * 33,
        ),
        (b"7", 7),
        (b"[9223372036854775807, -9223372036854775808]", [2**63 - 1, -(2**63)]),
        (b"null", None),
    ],
)
def test_strict_json_is_read_exactly(raw: bytes, value: object) -> None:
    read = read_json(raw, max_depth=32)

    assert value is None or read == value


def test_a_body_over_the_limit_is_not_even_read(caller: Any, http_setting: Any) -> None:
    http_setting(MAX_BODY_BYTES=100)

    assert send(caller, b'"' + b"a" * 98 + b'"').status_code == 200
    response = send(caller, b'"' + b"a" * 99 + b'"')

    body = problem(response)
    assert (response.status_code, body["code"], body["details"]) == (413, "body_too_large", {"max_bytes": 100})


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonp", ""]
)
def test_another_media_type_is_not_read(caller: Any, content_type: str) -> None:
    response = caller.generic("POST", "/api/v1/echo", b"{}", content_type=content_type)

    assert (response.status_code, problem(response)["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(("charset", "status"), [("utf-8", 200), ('"UTF-8"', 200), ("latin-1", 415), ("utf-7", 415)])
def test_json_is_utf_8(caller: Any, charset: str, status: int) -> None:
    assert send(caller, b"{}", f"application/json; charset={charset}").status_code == status


def test_a_chunked_body_is_asked_for_its_length(caller: Any) -> None:
    response = caller.generic(
        "POST", "/api/v1/echo", HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input": BytesIO(b"2\r\n{}\r\n0\r\n\r\n")}
    )

    assert (response.status_code, problem(response)["code"]) == (411, "length_required")


class Inner(serializers.Serializer[Any]):
    name = serializers.CharField()


class Outer(StrictSerializer):
    inner = Inner(many=True)


class WithReadOnly(StrictSerializer):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField()


def test_a_strict_serializer_takes_no_lax_one_inside() -> None:
    with pytest.raises(TypeError, match=r"Outer\.inner lets unknown fields through"):
        Outer(data={"inner": []}).is_valid()


def test_a_read_only_field_is_refused_like_an_unknown_one() -> None:
    body = WithReadOnly(data={"id": 7, "name": "x"})

    assert not body.is_valid()
    assert body.errors["id"][0].code == "unknown_field"


def test_names_of_unknown_fields_are_cut_short() -> None:
    body = WithReadOnly(data={"x" * 5000: 1, "name": "x"})

    assert not body.is_valid()
    assert list(body.errors) == ["x" * 100]


def test_a_get_has_no_use_for_a_body_and_ignores_it(caller: Any) -> None:
    assert caller.generic("GET", "/api/v1/books", b"{nonsense", content_type="application/json").status_code == 200


def test_a_refusal_says_where_it_stands() -> None:
    with pytest.raises(RequestRefused) as refused:
        read_json(b"{", max_depth=3)

    assert refused.value.problem.details == {"line": 1, "column": 2}


def test_what_a_refusal_repeats_can_always_be_written() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    data = {"wanted": 10**40, "half": "\ud83d", "price": Decimal("1.10"), "at": moment, "ids": {UUID(int=7)}}

    assert json.loads(dumped(data)) == {
        "wanted": 10**40,
        "half": "\ud83d",
        "price": "1.10",
        "at": "2026-01-01T00:00:00Z",
        "ids": ["00000000-0000-0000-0000-000000000007"],
    }
    with pytest.raises(TypeError):
        dumped({"what": object()})
