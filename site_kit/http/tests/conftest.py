"""Fixtures of the tests of site_kit.http."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import override_settings
from rest_framework.test import APIClient

from site_kit.http.options import options
from site_kit.http.tests.shelf import chassis
from site_kit.http.token_making import KeyPair, jwks, make_key_pair, make_token

structlog.configure(
    processors=[structlog.processors.JSONRenderer(default=str)], logger_factory=structlog.stdlib.LoggerFactory()
)

ALL = ("shelf:read", "shelf:write")


@pytest.fixture(scope="session")
def platform_key() -> KeyPair:
    """The key that the platform signs with; its public half is in the JWKS file."""
    key = make_key_pair(kid="platform-1")
    settings.HTTP["JWKS_FILE"].parent.mkdir(parents=True, exist_ok=True)
    settings.HTTP["JWKS_FILE"].write_bytes(jwks(key))
    return key


@pytest.fixture
def token(platform_key: KeyPair) -> Callable[..., str]:
    """`token(scopes=[…], subject=…, **claims)`."""

    def make(*, scopes: Any = ALL, subject: str = "tester", **more: Any) -> str:
        given = {"issuer": options().token_issuer, "audience": options().token_audience, "key": platform_key, **more}
        return make_token(subject=subject, scopes=scopes, **given)

    return make


@pytest.fixture
def guest(platform_key: KeyPair) -> APIClient:
    """A client without a token."""
    return APIClient(raise_request_exception=False)


@pytest.fixture
def caller(token: Callable[..., str]) -> APIClient:
    """A client with every scope."""
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token()}")
    return client


@pytest.fixture
def http_setting() -> Iterator[Callable[..., None]]:
    """`http_setting(NUM_PROXIES=1)` changes HTTP until the test ends."""
    overrides = []

    def change(**keys: Any) -> None:
        override = override_settings(HTTP={**settings.HTTP, **keys})
        override.enable()
        overrides.append(override)

    yield change
    for override in reversed(overrides):
        override.disable()


@pytest.fixture
def broken(http_setting: Callable[..., None]) -> Callable[..., None]:
    """`broken("hop_limit")` breaks a promise until the test ends."""
    return lambda *promises: http_setting(BROKEN=frozenset(promises))


@pytest.fixture(autouse=True)
def chassis_at_rest() -> Iterator[None]:
    """Gate open, ready."""
    yield
    chassis.STATE["gate"] = True
    chassis.READINESS.status, chassis.READINESS.parts = "ok", {"database": "ok"}


def problem(response: Any) -> dict[str, Any]:
    """The problem in an answer, after the form that all problems have was checked."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:problem:{body['code']}"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response["X-Request-ID"]
    assert response["Cache-Control"] == "no-store"
    assert set(body) <= {"type", "title", "status", "detail", "code", "request_id", "errors", "details"}
    return body
