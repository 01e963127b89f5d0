"""The pieces of an OpenAPI document that every operation shares."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from site_kit.http.problem import MEDIA_TYPE
from site_kit.http.problem_codes import CODES

# Statuses with one shared description each; a site's own 409 or 422 stands in its views.
NAMES = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "406": "NotAcceptable",
    "409": "Conflict",
    "411": "LengthRequired",
    "412": "PreconditionFailed",
    "413": "BodyTooLarge",
    "415": "UnsupportedMediaType",
    "422": "Unprocessable",
    "428": "PreconditionRequired",
    "429": "TooManyRequests",
    "500": "InternalError",
    "503": "Unavailable",
    "508": "TooManyHops",
}
HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {"description": "The correlation id of logs and events.", "schema": {"type": "string"}},
    "RateLimit-Limit": {"description": "Requests per period.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "Requests left right now.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until all are left again.", "schema": {"type": "integer"}},
    "Retry-After": {"description": "Seconds until another try makes sense.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "The challenge (RFC 6750).", "schema": {"type": "string"}},
    "ETag": {"description": "The state of the resource, for If-Match and If-None-Match.", "schema": {"type": "string"}},
    "Idempotency-Replayed": {
        "description": "Present when this answer was given before.",
        "schema": {"type": "string", "const": "true"},
    },
    "Deprecation": {"description": "When it was declared to end (RFC 9745).", "schema": {"type": "string"}},
    "Sunset": {"description": "When it ends (RFC 8594).", "schema": {"type": "string"}},
}
_OF_STATUS = {
    "401": ["WWW-Authenticate"],
    "403": ["WWW-Authenticate"],
    "409": ["Retry-After"],
    "429": ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"],
    "503": ["Retry-After"],
}


def header_refs(names: Iterable[str]) -> dict[str, Any]:
    """Headers of a response, by reference."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem_response(status: str) -> dict[str, Any]:
    """The shared response of a status: its codes, its headers, a problem."""
    codes = [code for code, kind in CODES.items() if str(kind.status) == status]
    kinds = ", ".join(f"`{code}`" for code in codes)
    return {
        "description": f"Problem with one of the codes {kinds}."
        if len(codes) > 1
        else f"Problem with the code {kinds}.",
        "headers": header_refs(["X-Request-ID", *_OF_STATUS.get(status, [])]),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def problem_ref(status: str) -> dict[str, Any]:
    """A response by reference."""
    return {"$ref": f"#/components/responses/{NAMES[status]}"}


def idempotency_key(*, required: bool) -> OpenApiParameter:
    """The Idempotency-Key header."""
    return OpenApiParameter(
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
        OpenApiParameter.HEADER,
        required=required,
        description="Names this request, for example a UUID. The same key on a retry gets the first answer again.",
    )


def if_match() -> OpenApiParameter:
    """The If-Match header."""
    return OpenApiParameter(
        "If-Match",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        required=True,
        description="The ETag of the state you have seen; 412 if it is another by now.",
    )


def if_none_match() -> OpenApiParameter:
    """The If-None-Match header."""
    return OpenApiParameter(
        "If-None-Match",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        description="The ETag of the state you have; 304 if it is that still.",
    )


def chosen(name: str, allowed: Iterable[str], verb: str, *, most: int = 0) -> OpenApiParameter:
    """`fields` or `expand`: names with commas between, at most so many of them."""
    limit = {"maxItems": most} if most else {}
    return OpenApiParameter(
        name,
        {"type": "array", "items": {"type": "string", "enum": sorted(allowed)}, "uniqueItems": True, **limit},
        OpenApiParameter.QUERY,
        style="form",
        explode=False,
        description=f"{verb}, with commas between.",
    )
