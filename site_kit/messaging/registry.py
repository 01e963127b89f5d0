"""The schema registry, through the four calls the bridge needs, with a time limit on each."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

import requests

from site_kit.messaging.breaker import Breaker
from site_kit.messaging.configuration import configuration

COMPATIBILITY = "FULL_TRANSITIVE"


class RegistryAway(Exception):  # noqa: N818 - a neighbour's state
    """No answer in time, or none that makes sense; ask again later."""


class UnknownToRegistry(LookupError):  # noqa: N818 - an answer
    """The registry answers that it does not have it."""


class RegistryRefused(Exception):  # noqa: N818 - an answer
    """The registry will not take a schema: it breaks the compatibility of its subject."""


class Registry:
    """One registry with Confluent's API. After a failure it is left alone for a while: calls then fail at once."""

    def __init__(self, url: str, *, timeout_s: float = 1.0, rest_s: float = 1.0) -> None:
        self._url = url.rstrip("/")
        self._timeout_s = timeout_s
        self._breaker = Breaker(rest_s=rest_s, longest_rest_s=10.0)
        self._session = requests.Session()

    def schema_text(self, registry_id: int) -> str:
        """The schema with that id. Raises UnknownToRegistry, RegistryAway."""
        return str(self._call("GET", f"/schemas/ids/{registry_id}")["schema"])

    def id_of(self, subject: str, schema: str) -> int:
        """The id a schema was registered with. Raises UnknownToRegistry, RegistryAway."""
        return int(self._call("POST", f"/subjects/{quote(subject, safe='')}", {"schema": schema})["id"])

    def register(self, subject: str, schema: str) -> int:
        """Register a schema and return its id; safe to repeat. Raises RegistryRefused, RegistryAway."""
        return int(self._call("POST", f"/subjects/{quote(subject, safe='')}/versions", {"schema": schema})["id"])

    def demand_compatibility(self, subject: str) -> None:
        """Let the registry refuse changes that an older or newer reader could not take. Raises RegistryAway."""
        self._call("PUT", f"/config/{quote(subject, safe='')}", {"compatibility": COMPATIBILITY})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        if self._breaker.is_open:
            raise RegistryAway("it did not answer a moment ago")
        try:
            answer = self._session.request(method, self._url + path, json=body, timeout=self._timeout_s)
            content = answer.json()
        except (requests.RequestException, ValueError) as fault:
            self._breaker.failed()
            raise RegistryAway(type(fault).__name__) from fault
        if answer.status_code >= 500:
            self._breaker.failed()
            raise RegistryAway(f"status {answer.status_code}")
        self._breaker.worked()
        return _accepted(answer.status_code, content)


def _accepted(status: int, content: Any) -> dict[str, Any]:
    if status == 404:
        raise UnknownToRegistry(str(content.get("message", "not found")))
    if status >= 400:
        raise RegistryRefused(f"status {status}: {content.get('message', content)}")
    return dict(content)


@lru_cache(maxsize=4)
def _registry(url: str) -> Registry:
    return Registry(url)


def registry() -> Registry:
    """The registry of this site's settings."""
    return _registry(configuration().registry_url)


def subject_of(topic: str, type_name: str) -> str:
    """The subject a schema is registered under: topic and record name, as TopicRecordNameStrategy has it."""
    return f"{configuration().on_broker(topic)}-{type_name}"
