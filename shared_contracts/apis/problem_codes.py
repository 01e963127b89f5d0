"""The `code` of every problem document (RFC 9457) a caller may meet, with its meaning.

A code never changes its meaning and never goes within a version; new ones may come. `title` and `detail` are words
for people and may change any day.
"""

from collections.abc import Mapping
from types import MappingProxyType

from shared_contracts.apis.catalog import problem_codes as catalog
from shared_contracts.apis.inventory import problem_codes as inventory

GENERIC: tuple[tuple[str, str], ...] = (
    # 400
    ("bad_request", "The request makes no sense as it stands."),
    ("malformed_json", "The body is not JSON."),
    ("malformed_body", "The body cannot be read as what its Content-Type says."),
    ("validation_failed", "Fields are missing, unknown or not right; `errors` names each."),
    ("unknown_parameter", "A query parameter does not exist here."),
    ("invalid_parameter", "A query parameter has a value it cannot have."),
    ("invalid_cursor", "The cursor was not given out by this list, or for other filters."),
    ("invalid_precondition", "If-Match or If-None-Match cannot be read."),
    ("idempotency_key_missing", "This call moves orders, money or stock and needs an Idempotency-Key."),
    ("idempotency_key_invalid", "The Idempotency-Key is too long or holds characters it may not."),
    # 401, 403
    ("not_authenticated", "A bearer token is needed."),
    ("invalid_token", "The token is expired, not for this platform, or not signed by its keys."),
    ("permission_denied", "The caller may not do this."),
    ("insufficient_scope", "The token lacks the scope this call needs."),
    # 404, 405, 406, 408
    ("not_found", "There is nothing at this address, or nothing the caller may see."),
    ("method_not_allowed", "The address exists, the method does not; `Allow` names those that do."),
    ("not_acceptable", "Nothing of what Accept asks for can be answered."),
    ("request_timeout", "The request did not arrive in time; nothing was done."),
    # 409, 410, 411, 412, 413, 414, 415, 417, 422, 428
    ("request_in_progress", "A request with this Idempotency-Key is still running; ask again after Retry-After."),
    ("idempotency_answer_unreadable", "The request was carried out before, but its answer cannot be read any more."),
    ("gone", "The address is past its sunset."),
    ("length_required", "The body needs a Content-Length."),
    ("precondition_failed", "It changed in the meantime: the ETag of If-Match is not the one it has now."),
    ("body_too_large", "The body is larger than is taken here."),
    ("uri_too_long", "The address is longer than is taken here."),
    ("unsupported_media_type", "The Content-Type is not read here."),
    ("expectation_failed", "What Expect asks for cannot be promised."),
    ("idempotency_key_reused", "The Idempotency-Key was used before with another request."),
    ("precondition_required", "A change needs If-Match with the ETag that was read."),
    # 429, 431, 5xx
    ("rate_limited", "Too many requests; go on after Retry-After."),
    ("headers_too_large", "The headers are larger than is taken here."),
    ("internal_error", "Something failed here; the request id helps to find out what."),
    ("unsupported_transfer_coding", "The Transfer-Encoding is not read here."),
    ("database_unavailable", "The site's database is away; nothing was done."),
    ("busy", "The site has more to do than it can; nothing was done."),
    ("token_keys_missing", "The site has no keys to check tokens with yet."),
    ("too_many_hops", "The call has crossed more sites than is allowed."),
)

_SITES: Mapping[str, tuple[tuple[str, str], ...]] = {"catalog": catalog.CODES, "inventory": inventory.CODES}


def problem_codes(site: str) -> Mapping[str, str]:
    """Code to meaning: all a caller of this site may meet. An unknown site has the generic ones only."""
    return MappingProxyType(dict(GENERIC + _SITES.get(site, ())))
