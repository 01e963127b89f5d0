"""The sample site tells nothing and listens to nobody."""

from collections.abc import Mapping
from typing import Any

EVENTS: Mapping[str, Any] = {}
TOPICS: Mapping[str, Any] = {}


def event_type(type_name: str) -> type[Any]:
    """No event is known."""
    return EVENTS[type_name]  # type: ignore[no-any-return]  # always raises


def schema_json(type_name: str) -> str:
    """No schema is known."""
    return EVENTS[type_name]  # type: ignore[no-any-return]  # always raises


def published_by(site: str) -> tuple[type[Any], ...]:
    """No site publishes."""
    return ()
