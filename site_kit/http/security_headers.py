"""Headers that every answer of a machine's interface carries."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from site_kit.http.promises import promise

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Data is no page: nothing in it may run, load or be framed, should a browser ever show it.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
READ = "private, no-cache"  # keep it if you like, but ask (If-None-Match) before each use
NEVER = "no-store"


class SecurityHeadersMiddleware:
    """Sets what is not set already; for JSON also a Content-Security-Policy of nothing, and Cache-Control."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        harden(request, response)
        return response


@promise("security_headers", broken=None)
def harden(request: HttpRequest, response: HttpResponseBase) -> None:
    """Add the headers to a response."""
    headers = response.headers
    for name, value in EVERYWHERE.items():
        headers.setdefault(name, value)
    if "json" in headers.get("Content-Type", "json"):
        headers.setdefault("Content-Security-Policy", DATA_POLICY)
        may_keep = request.method in {"GET", "HEAD"} and response.status_code < 400
        headers.setdefault("Cache-Control", READ if may_keep else NEVER)
        if may_keep:
            patch_vary_headers(response, ["Authorization"])
