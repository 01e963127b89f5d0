"""JSON out, by orjson."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class JsonRenderer(BaseRenderer):
    """DRF renderer for application/json: decimals as strings, times as RFC 3339 in UTC, ids as text."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes of the document; nothing for no data."""
        return b"" if data is None else dumped(data)


def dumped(data: Any) -> bytes:
    """A JSON document of plain data. Raises `TypeError` for what has no JSON form."""
    try:
        return orjson.dumps(data, default=_plain, option=OPTIONS)
    except TypeError:
        # orjson writes no whole number beyond 64 bits and no half of a surrogate pair; a refusal may repeat either.
        return json.dumps(data, default=_plain_or_simple, separators=(",", ":")).encode()


def _plain_or_simple(value: Any) -> Any:
    try:
        return _plain(value)
    except TypeError:
        return orjson.loads(orjson.dumps(value, option=OPTIONS))


def _plain(value: Any) -> Any:
    match value:
        case Decimal() | Promise():
            return str(value)
        case Mapping():
            return dict(value)
        case set() | frozenset() | tuple():
            return list(value)
    if hasattr(value, "__iter__"):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
