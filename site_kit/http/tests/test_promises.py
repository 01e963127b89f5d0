"""Each switch breaks its promise, so a suite that checks the promise would notice; without it the promise holds."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils.module_loading import import_string
from redis import Redis

from site_kit.http import request_identity
from site_kit.http.options import options
from site_kit.http.promises import PROMISES
from site_kit.http.tests.conftest import problem
from site_kit.http.tests.shelf import chassis
from site_kit.http.tests.shelf.models import Book
from site_kit.http.token_making import make_key_pair

pytestmark = pytest.mark.django_db

BOOK = {"title": "Emma", "shelf": "a", "price": "9.90"}


class Site:
    """A site and its callers, as a promise sees them."""

    def __init__(self, guest: Any, caller: Any, token: Callable[..., str]) -> None:
        self.guest, self.caller, self.token = guest, caller, token

    def add(self, book: Any = BOOK, key: str | None = "k-1", path: str = "/api/v1/books") -> Any:
        more = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
        return self.caller.post(path, book, format="json", **more)

    def with_token(self, **claims: Any) -> Any:
        return self.guest.get("/api/v1/count", HTTP_AUTHORIZATION=f"Bearer {self.token(**claims)}")

    def put(self, **headers: str) -> Any:
        book = Book.objects.create(**BOOK)
        return self.caller.put(f"/api/v1/books/{book.pk}", BOOK, format="json", **headers)


def gate_closed(site: Site) -> bool:
    chassis.STATE["gate"] = False
    return bool(site.guest.get("/api/v1/books").status_code == 503)


def not_ready(site: Site) -> bool:
    chassis.READINESS.status = "unavailable"
    return bool(site.guest.get("/health/ready").status_code == 503)


def second_page_moves_on(site: Site) -> bool:
    Book.objects.bulk_create([Book(**{**BOOK, "title": str(number)}) for number in range(4)])
    first = site.guest.get("/api/v1/books?page_size=2").json()
    second = site.guest.get(f"/api/v1/books?page_size=2&cursor={first['next_cursor']}").json()
    return bool(first["items"][-1] != second["items"][-1])


def replayed(site: Site) -> bool:
    site.add()
    return "Idempotency-Replayed" in site.add(BOOK)


def unchanged_is_304(site: Site) -> bool:
    book = Book.objects.create(**BOOK)
    return bool(site.guest.get(f"/api/v1/books/{book.pk}", HTTP_IF_NONE_MATCH=f'"{book.pk}-1"').status_code == 304)


def limited(site: Site) -> bool:
    return any(site.guest.get("/api/v1/narrow", REMOTE_ADDR="10.77.0.1").status_code == 429 for _ in range(6))


def forged_header_counts_for_nothing(site: Site) -> bool:
    answers = [site.guest.get("/api/v1/narrow", REMOTE_ADDR="10.77.0.2", HTTP_X_FORWARDED_FOR=f"{n}") for n in range(6)]
    return bool(answers[-1].status_code == 429)


def one_at_a_time(site: Site) -> bool:
    name = request_identity._hash("client:tester", "POST", "api/v1/books", "k-1")
    number = int.from_bytes(bytes.fromhex(name[:16]), "big", signed=True)
    known = connection.get_connection_params()
    parameters = {key: known[key] for key in ("dbname", "user", "password", "host", "port") if key in known}
    with psycopg.connect(**parameters) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        return bool(site.add().status_code == 409)


def raw(site: Site, body: bytes) -> Any:
    return site.caller.post("/api/v1/echo", body, content_type="application/json")


HOLDS: dict[str, Callable[[Site], bool]] = {
    "request_id_is_sane": lambda site: site.guest.get("/health/live", HTTP_X_REQUEST_ID="a b")["X-Request-ID"] != "a b",
    "request_id_echoed": lambda site: "X-Request-ID" in site.guest.get("/health/live"),
    "hop_limit": lambda site: site.guest.get("/health/live", HTTP_X_HOP_COUNT="2").status_code == 508,
    "bare_paths_moved": lambda site: site.guest.get("/books").status_code == 308,
    "caller_judged_first": lambda site: (
        site.guest.post("/api/v1/echo", b"{", content_type="application/json").status_code == 401
    ),
    "unknown_addresses_need_a_token": lambda site: site.guest.get("/api/v1/nothing").status_code == 401,
    "token_signature": lambda site: site.with_token(key=make_key_pair(kid="platform-1")).status_code == 401,
    "token_expiry": lambda site: site.with_token(exp=1).status_code == 401,
    "token_audience": lambda site: site.with_token(audience="other").status_code == 401,
    "token_issuer": lambda site: site.with_token(issuer="other").status_code == 401,
    "scopes_are_needed": lambda site: site.with_token(scopes=[]).status_code == 403,
    "problems_everywhere": lambda site: site.guest.delete("/health/live")["Content-Type"] == "application/problem+json",
    "problem_without_internals": lambda site: b"SELECT" not in site.caller.get("/api/v1/failing/bug").content,
    "stable_refusal_codes": lambda site: problem(site.add({**BOOK, "shelf": "full"}))["code"] == "shelf_full",
    "database_faults_are_503": lambda site: site.caller.get("/api/v1/failing/away").status_code == 503,
    "gate_answers_for_the_database": gate_closed,
    "readiness_is_true": not_ready,
    "metrics_guarded": lambda site: site.guest.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 401,
    "security_headers": lambda site: "X-Content-Type-Options" in site.guest.get("/health/live"),
    "idempotency_key_needed": lambda site: site.add(key=None).status_code == 400,
    "idempotent_replay": replayed,
    "idempotency_answer_stored": replayed,
    "idempotency_body_compared": lambda site: [site.add(), site.add({**BOOK, "price": 1})][1].status_code == 422,
    "idempotency_one_at_a_time": one_at_a_time,
    "if_match_needed": lambda site: site.put().status_code == 428,
    "stale_write_refused": lambda site: site.put(HTTP_IF_MATCH='"x"').status_code == 412,
    "not_modified": unchanged_is_304,
    "page_size_bounded": lambda site: site.guest.get("/api/v1/books?page_size=101").status_code == 400,
    "cursors_hold_their_place": second_page_moves_on,
    "unknown_parameters_refused": lambda site: site.guest.get("/api/v1/books?colour=red").status_code == 400,
    "unknown_body_fields_refused": lambda site: site.add({**BOOK, "colour": "red"}).status_code == 400,
    "doubled_keys_refused": lambda site: raw(site, b'{"a": 1, "a": 2}').status_code == 400,
    "json_depth_limited": lambda site: raw(site, b"[" * 40 + b"]" * 40).status_code == 400,
    "body_size_limited": lambda site: raw(site, json.dumps("x" * 70_000).encode()).status_code == 413,
    "rate_limits_hold": limited,
    "rate_limit_headers": lambda site: "RateLimit-Remaining" in site.guest.get("/api/v1/books"),
    "forwarded_for_not_trusted": forged_header_counts_for_nothing,
    "deprecations_told": lambda site: "Sunset" in site.guest.get("/api/v1/count"),
}


@pytest.fixture
def site(guest: Any, caller: Any, token: Any) -> Site:
    valkey: Any = Redis.from_url(options().valkey_url)
    for key in valkey.scan_iter("shelf:rate:narrow:*"):
        valkey.delete(key)
    return Site(guest, caller, token)


def test_every_promise_has_its_proof() -> None:
    import_string("site_kit.http.urls.site_urls")

    assert set(HOLDS) == PROMISES


@pytest.mark.parametrize("promise", sorted(HOLDS))
def test_it_holds(site: Site, promise: str) -> None:
    assert HOLDS[promise](site)


@pytest.mark.parametrize("promise", sorted(HOLDS))
def test_its_switch_breaks_it(site: Site, broken: Any, promise: str) -> None:
    broken(promise)

    assert not HOLDS[promise](site)
