"""One client of the public APIs that does not give up: what was cut off is repeated with the same key."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

TIMEOUT_S = (2.0, 10.0)
PAUSE_S = 0.25
JUDGED_AGAIN = {409, 429, 500, 502, 503, 504}


class GaveUp(Exception):  # noqa: N818 - a fact about a call
    """A call had no answer for as long as the caller wanted to wait."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said: status, JSON body (None when there was none), headers."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        """The stable code of a problem; empty for a success."""
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""


@dataclass(slots=True)
class Patience:
    """How often calls were cut off and said again."""

    repeated: int = 0
    calls: int = 0
    waits_s: list[float] = field(default_factory=list)


class Caller:
    """Calls one site with one token.

    A call that is cut off, or answered by "not now" (409 with Retry-After, 429, 5xx), is said again with the same
    Idempotency-Key until it is answered; raises GaveUp after `patience_s`.
    """

    def __init__(self, base_url: str, token: str, *, patience: Patience, patience_s: float = 180.0) -> None:
        self._base_url = base_url
        self._patience = patience
        self._patience_s = patience_s
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def read(self, path: str, **parameters: str) -> Answer:
        """GET a resource."""
        return self._until_answered("GET", path, params=parameters)

    def write(self, method: str, path: str, *, body: object, key: str, etag: str | None = None) -> Answer:
        """Change something; `key` makes the repetition safe, `etag` is the revision it applies to."""
        headers = {"Idempotency-Key": key} | ({"If-Match": etag} if etag else {})
        return self._until_answered(method, path, json=body, headers=headers)

    def _until_answered(self, method: str, path: str, **rest: Any) -> Answer:
        self._patience.calls += 1
        started = time.monotonic()
        while True:
            answer = self._once(method, path, **rest)
            waited_s = time.monotonic() - started
            if answer is not None:
                self._patience.waits_s.append(waited_s)
                return answer
            if waited_s > self._patience_s:
                raise GaveUp(f"{method} {path} had no answer for {self._patience_s:.0f} s")
            self._patience.repeated += 1
            time.sleep(PAUSE_S)

    def _once(self, method: str, path: str, **rest: Any) -> Answer | None:
        """One try; None when it is to be said again."""
        try:
            response = self._session.request(method, self._base_url + path, timeout=TIMEOUT_S, **rest)
        except requests.RequestException:
            return None
        if response.status_code in JUDGED_AGAIN and ("Retry-After" in response.headers or response.status_code >= 500):
            return None
        body = response.json() if response.content else None
        return Answer(status=response.status_code, body=body, headers=response.headers)
