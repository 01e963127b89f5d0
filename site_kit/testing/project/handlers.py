"""The sample site listens to nobody."""

from typing import Any

HANDLERS: dict[type, Any] = {}
LOCK_ORDER: list[Any] = []
