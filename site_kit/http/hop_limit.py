"""X-Hop-Count: how many sites a call has crossed. Chains longer than two are refused before anything else."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from site_kit.context import current
from site_kit.http.options import options
from site_kit.http.problem import Problem
from site_kit.http.promises import promise

log = structlog.get_logger(__name__)

UNREADABLE = 99


def hops_of(request: HttpRequest) -> int:
    """The number of sites crossed so far; a count that is no number counts as too many."""
    given = str(request.META.get("HTTP_X_HOP_COUNT", "0")).strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else UNREADABLE


class HopLimitMiddleware:
    """508 problem+json for a call that has crossed `max_hops` sites (2) already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return refusal_of_far_travelled(current().hop_count) or self.get_response(request)


@promise("hop_limit", broken=None)
def refusal_of_far_travelled(hops: int) -> HttpResponse | None:
    """508 when a call has come too far; None when it may go on."""
    limit = options().max_hops
    if hops < limit:
        return None
    log.warning("call_refused", code="too_many_hops", hops=hops)
    return Problem.of("too_many_hops", f"A call may cross {limit} sites (X-Hop-Count).").response()
