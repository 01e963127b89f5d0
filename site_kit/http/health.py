"""Live, ready, metrics: what a supervisor and a scraper ask, answered without touching the database."""

import hmac
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from site_kit.http.client_address import is_loopback
from site_kit.http.database_gate import without_database
from site_kit.http.options import named, options
from site_kit.http.problem import Problem
from site_kit.http.promises import promise
from site_kit.http.renderers import dumped
from site_kit.http.tokens import challenge


@csrf_exempt
@without_database
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return _json({"status": "ok"})


@csrf_exempt
@without_database
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the site can serve (`degraded` names what is away), 503 when its own database is away."""
    return readiness_answer(named(options().readiness)())


@csrf_exempt
@without_database
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The Prometheus exposition, for this machine or for HTTP["METRICS_TOKEN"]."""
    if not may_read_metrics(request):
        return Problem.of("not_authenticated", headers={"WWW-Authenticate": challenge()}).response()
    body, content_type = named(options().metrics)()
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": "no-store"})


@promise("readiness_is_true", broken=lambda state: _json({"status": "ok", "parts": {}}))
def readiness_answer(state: Any) -> HttpResponse:
    """The readiness as HTTP."""
    parts = dict(state.parts)
    if state.status in {"ok", "degraded"}:
        return _json({"status": state.status, "parts": parts})
    return Problem.of("database_unavailable", details={"parts": parts}, headers={"Retry-After": "2"}).response()


@promise("metrics_guarded", broken=True)
def may_read_metrics(request: HttpRequest) -> bool:
    """Whether the caller is on this machine or has the token."""
    if is_loopback(request):
        return True
    token = options().metrics_token
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _json(data: Any) -> HttpResponse:
    return HttpResponse(dumped(data), content_type="application/json", headers={"Cache-Control": "no-store"})
