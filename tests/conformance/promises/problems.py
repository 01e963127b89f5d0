"""Every no and every fault has one form, says little to strangers, and its code is published."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from shared_contracts.apis.problem_codes import problem_codes
from tests.conformance.promises.registry import promised
from tests.conformance.running.caller import Ask, Reply
from tests.conformance.running.started_site import StartedSite

MEDIA_TYPE = "application/problem+json"
MEMBERS = {"type", "title", "status", "detail", "code", "request_id"}
MAY_HAVE = MEMBERS | {"errors", "details"}
INTERNALS = (b"Traceback", b"psycopg", b"SELECT", b"INSERT", b"http_stored_answer", b".py", b"ProgrammingError")


def problem(site: StartedSite, reply: Reply, *, status: int, code: str = "") -> dict[str, Any]:
    """The problem of an answer, after everything that all of them have in common was looked at."""
    assert reply.status == status, reply
    assert reply["Content-Type"] == MEDIA_TYPE, reply
    body: dict[str, Any] = reply.json()
    assert set(body) >= MEMBERS, body
    assert set(body) <= MAY_HAVE, body
    assert body["status"] == status
    assert not code or body["code"] == code, body
    assert body["type"].endswith(f":{body['code']}")
    assert body["code"] in problem_codes(site.plan.site), f"{body['code']} is not in the published codes"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == reply["X-Request-ID"]
    assert reply["Cache-Control"] == "no-store"
    return body


def fields_of(body: dict[str, Any]) -> dict[str, str]:
    """Which fields a problem complains of, with the code of each complaint."""
    return {error["field"]: error["code"] for error in body.get("errors", [])}


@promised()
def problems_everywhere(site: StartedSite) -> None:
    """Whatever goes wrong, wherever: inside the API, outside of it, before any view, on every port."""
    guest, client = site.guest(), site.client()
    listed, write = site.plan.list_path, site.keyed(site.plan.writing(site))

    problem(site, guest.get("/nowhere"), status=404, code="not_found")
    problem(site, guest.send(Ask("DELETE", "/health/live")), status=405, code="method_not_allowed")
    problem(site, guest.get("/health/live", host="elsewhere.example"), status=400, code="bad_request")
    problem(site, guest.send(write), status=401, code="not_authenticated")
    problem(site, client.get("/api/v1/nowhere"), status=404, code="not_found")
    problem(site, client.send(Ask("PUT", listed)), status=405, code="method_not_allowed")
    problem(site, client.get(listed, accept="application/xml"), status=406, code="not_acceptable")
    problem(site, client.send(write.plus(content_type="text/csv")), status=415, code="unsupported_media_type")
    problem(site, client.ask("POST", write.path, b"{", headers=write.headers), status=400, code="malformed_json")
    problem(site, client.send(site.keyed(Ask("POST", write.path, {}))), status=400, code="validation_failed")
    for kind in site.processes:
        caller = site.guest(kind)
        problem(site, caller.get("/health/nothing"), status=404, code="not_found")
        problem(site, caller.send(Ask("POST", "/health/ready")), status=405, code="method_not_allowed")


@promised()
def problem_without_internals(site: StartedSite) -> None:
    """A bug is told as a bug, without a word of what failed. (A table that is not there is one.)"""
    client, write = site.client(), site.keyed(site.plan.writing(site))

    with _away(site, "http_stored_answer"):
        body = problem(site, client.send(write), status=500, code="internal_error")

    said = str(body).encode()
    assert not [word for word in INTERNALS if word in said], body


@promised()
def stable_refusal_codes(site: StartedSite) -> None:
    """The domain says no with a code of its own, and the status that belongs to it."""
    write, code, status = site.plan.refused(site)

    problem(site, site.client().send(site.keyed(write)), status=status, code=code)


@promised()
def database_faults_are_503(site: StartedSite) -> None:
    """A lock that somebody else holds is no bug: 503, with when to come again."""
    held = site.plan.held(site)

    with psycopg.connect(site.behind.superuser) as other:
        other.execute(held.statement, held.parameters)
        reply = site.client().send(site.keyed(held.write))

    problem(site, reply, status=503, code="busy")
    assert int(reply["Retry-After"]) >= 1


@promised()
def body_size_limited(site: StartedSite) -> None:
    """More than a body may have is refused as that."""
    write = site.keyed(site.plan.writing(site))

    reply = site.client().ask("POST", write.path, b'{"name": "' + b"x" * 1_100_000 + b'"}', headers=write.headers)

    problem(site, reply, status=413, code="body_too_large")


@promised()
def json_depth_limited(site: StartedSite) -> None:
    """A body that is nothing but brackets is not walked."""
    write = site.keyed(site.plan.writing(site))

    reply = site.client().ask("POST", write.path, b"[" * 40 + b"]" * 40, headers=write.headers)

    problem(site, reply, status=400, code="malformed_json")


@promised()
def doubled_keys_refused(site: StartedSite) -> None:
    """A body that says two things is not understood as one of them."""
    write = site.keyed(site.plan.writing(site))

    reply = site.client().ask("POST", write.path, b'{"name": "a", "name": "b"}', headers=write.headers)

    problem(site, reply, status=400, code="malformed_json")


@contextmanager
def _away(site: StartedSite, table: str) -> Iterator[None]:
    with psycopg.connect(site.behind.superuser, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        try:
            yield
        finally:
            owner.execute(f"ALTER TABLE {table}_away RENAME TO {table}")
