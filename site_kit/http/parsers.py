"""The body of a request: measured first, then read strictly."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from site_kit.http.json_text import read_json
from site_kit.http.options import options
from site_kit.http.problem import RequestRefused
from site_kit.http.promises import promise

CHARSETS = {"utf-8", "utf8", ""}


class StrictJSONParser(BaseParser):
    """DRF parser for application/json; see `read_json` for what it refuses."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value of the body. Raises `RequestRefused` (400, 413, 415)."""
        _refuse_charset(media_type or "")
        return read_json(measured(stream), max_depth=options().max_json_depth)


@promise("body_size_limited", broken=lambda stream: stream.read())
def measured(stream: IO[Any]) -> bytes:
    """The bytes of a body that is not too large. Raises `RequestRefused` (413) without reading more than the limit."""
    limit = options().max_body_bytes
    raw: bytes = stream.read(limit + 1)
    if len(raw) > limit:
        raise RequestRefused("body_too_large", f"A body may have {limit} bytes.", details={"max_bytes": limit})
    return raw


def refuse_unmeasured(request: Any) -> None:
    """A chunked body would silently read as empty behind WSGI: ask for a length (411)."""
    meta = request.META
    if meta.get("HTTP_TRANSFER_ENCODING") and not meta.get("CONTENT_LENGTH"):
        raise RequestRefused("length_required")


def _refuse_charset(media_type: str) -> None:
    _, _, parameters = media_type.partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset" and value.strip('"').lower() not in CHARSETS:
            raise RequestRefused("unsupported_media_type", "JSON is UTF-8 here.")
