"""While the site's own database is away, requests that need it are told so at once."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from site_kit.http.audience import told
from site_kit.http.options import named, options
from site_kit.http.problem import Problem
from site_kit.http.promises import promise

V = TypeVar("V", bound=Callable[..., Any])
RETRY_AFTER_S = "2"


def without_database(view: V) -> V:
    """Mark a view that answers without the database; the gate lets its requests through."""
    view.without_database = True  # type: ignore[attr-defined]  # read by the middleware
    return view


class DatabaseGateMiddleware:
    """503 problem+json with Retry-After for every view not marked `without_database` while the gate is closed.

    The gate itself is a thread of the process that probes the database (HTTP["DATABASE_GATE"] names a function
    that answers whether it is open); asking it costs nothing and never waits.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        problem = closed()
        # Here and not in process_view: a middleware further in may load the session before any view is known.
        if problem is None or answers_without_database(request):
            return self.get_response(request)
        return told(request, problem)


def answers_without_database(request: HttpRequest) -> bool:
    """Whether the address is served by a marked view, or is none at all (404 asks no database either)."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return True
    return bool(getattr(view, "without_database", False))


@promise("gate_answers_for_the_database", broken=None)
def closed() -> Problem | None:
    """The answer while the database is away; None while it is there."""
    if named(options().database_gate)():
        return None
    return Problem.of("database_unavailable", headers={"Retry-After": RETRY_AFTER_S})
