"""Every problem this package can answer: stable code, HTTP status, title. A site's refusals bring their own."""

from typing import NamedTuple


class Kind(NamedTuple):
    """What never changes about a problem."""

    status: int
    title: str


CODES: dict[str, Kind] = {
    "bad_request": Kind(400, "The request makes no sense"),
    "malformed_json": Kind(400, "The body is not proper JSON"),
    "malformed_body": Kind(400, "The body cannot be read"),
    "validation_failed": Kind(400, "Some fields are not right"),
    "unknown_parameter": Kind(400, "There is no such query parameter"),
    "invalid_parameter": Kind(400, "A query parameter is not right"),
    "invalid_cursor": Kind(400, "The cursor is not one of this list"),
    "invalid_precondition": Kind(400, "The precondition header cannot be read"),
    "idempotency_key_missing": Kind(400, "An Idempotency-Key is needed"),
    "idempotency_key_invalid": Kind(400, "The Idempotency-Key cannot be used"),
    "not_authenticated": Kind(401, "A token is needed"),
    "invalid_token": Kind(401, "The token is not valid"),
    "permission_denied": Kind(403, "Not allowed"),
    "insufficient_scope": Kind(403, "The token lacks a scope"),
    "not_found": Kind(404, "Not found"),
    "method_not_allowed": Kind(405, "Not a method of this address"),
    "not_acceptable": Kind(406, "No representation that the Accept header admits"),
    "request_timeout": Kind(408, "The request did not arrive in time"),
    "request_in_progress": Kind(409, "The same request is still running"),
    "idempotency_answer_unreadable": Kind(409, "Carried out before; its answer cannot be read any more"),
    "gone": Kind(410, "This address is past its sunset"),
    "length_required": Kind(411, "The body needs a Content-Length"),
    "precondition_failed": Kind(412, "Changed in the meantime"),
    "body_too_large": Kind(413, "The body is too large"),
    "uri_too_long": Kind(414, "The address is too long"),
    "unsupported_media_type": Kind(415, "The body's media type is not read here"),
    "expectation_failed": Kind(417, "The Expect header cannot be met"),
    "idempotency_key_reused": Kind(422, "The Idempotency-Key belongs to another request"),
    "precondition_required": Kind(428, "An If-Match header is needed"),
    "rate_limited": Kind(429, "Too many requests"),
    "headers_too_large": Kind(431, "The headers are too large"),
    "internal_error": Kind(500, "Something failed here"),
    "unsupported_transfer_coding": Kind(501, "The Transfer-Encoding is not read here"),
    "database_unavailable": Kind(503, "The site's database is away"),
    "busy": Kind(503, "Too busy just now"),
    "token_keys_missing": Kind(503, "Tokens cannot be checked just now"),
    "too_many_hops": Kind(508, "The call has crossed too many sites"),
}

# For an error that reached the edge with nothing but a status (Django's own answers).
CODE_OF_STATUS = {
    400: "bad_request",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    408: "request_timeout",
    410: "gone",
    411: "length_required",
    412: "precondition_failed",
    413: "body_too_large",
    414: "uri_too_long",
    415: "unsupported_media_type",
    417: "expectation_failed",
    428: "precondition_required",
    429: "rate_limited",
    431: "headers_too_large",
    500: "internal_error",
    501: "unsupported_transfer_coding",
    503: "busy",
    508: "too_many_hops",
}
