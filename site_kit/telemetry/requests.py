"""One log line per request: what was asked, how it ended, how long it took; never a query string or a body."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from site_kit.context import known
from site_kit.telemetry import tracing

log = structlog.get_logger(__name__)
QUIET = ("/health/", "/metrics", "/static/")


class RequestLogMiddleware:
    """Logs `request_finished` and, when tracing is on, wraps the request in a span."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, measured."""
        began = time.perf_counter()
        with tracing.span(f"{request.method} {request.path}", kind="server") as span:
            response = self.get_response(request)
            route = route_of(request)
            span.named(f"{request.method} {route}", http_route=route, http_status=response.status_code)
        if not request.path.startswith(QUIET) or response.status_code >= 500:
            _tell(request, response, route, time.perf_counter() - began)
        return response


def route_of(request: HttpRequest) -> str:
    """The pattern that matched, not the path: ids and searches stay out of logs, metrics and traces."""
    return f"/{request.resolver_match.route}" if request.resolver_match else "unmatched"


def _tell(request: HttpRequest, response: HttpResponse, route: str, took_s: float) -> None:
    # 500 is a fault of ours; 503 is an outage, which the gate has told already, and may come by the thousand.
    tell = log.error if response.status_code == 500 else log.info
    tell(
        "request_finished",
        method=request.method,
        route=route,
        status=response.status_code,
        duration_ms=round(took_s * 1000, 1),
        actor=str(context.actor) if (context := known()) else None,
    )
