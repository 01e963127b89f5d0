"""401 at addresses of the API that do not exist: a stranger learns nothing of which ones do."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from site_kit.http.problem import Problem, RequestRefused
from site_kit.http.promises import promise
from site_kit.http.scopes import SAFE_METHODS, is_public
from site_kit.http.tokens import bearer_token, challenge, claims_of

API = "/api/"


@promise("unknown_addresses_need_a_token", broken=None)
def stranger_at_no_address(request: HttpRequest) -> HttpResponse | None:
    """401 for a caller without a valid token below /api/, unless guests may read there; else None."""
    if not request.path.startswith(API) or (request.method in SAFE_METHODS and is_public(request.path)):
        return None
    try:
        token: Any = bearer_token(request)
        if token is None:
            return Problem.of("not_authenticated", headers={"WWW-Authenticate": challenge()}).response()
        claims_of(token)
    except RequestRefused as refused:
        return refused.problem.response()
    return None
