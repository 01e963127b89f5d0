"""Who calls the API."""

from dataclasses import dataclass, field
from typing import Any

from site_kit.context import Actor
from site_kit.http.client_address import client_address


@dataclass(frozen=True, slots=True)
class Caller:
    """A client with a valid token; DRF's `request.user`. `id` is the token's subject and opaque."""

    id: str
    scopes: frozenset[str] = field(default_factory=frozenset)
    token_id: str | None = None

    is_authenticated = True
    is_anonymous = False
    is_active = True

    def __str__(self) -> str:
        return f"client:{self.id}"

    @property
    def actor(self) -> Actor:
        """The caller as the context, the event log and the logs name it."""
        return Actor("client", self.id)


def caller_name(request: Any) -> str:
    """A name that keeps one caller's keys and counters from another's: the token's subject, or a guest's address."""
    user = getattr(request, "user", None)
    return str(user) if isinstance(user, Caller) else f"guest:{client_address(request)}"
