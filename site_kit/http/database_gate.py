"""While the site's own database is away, requests that need it are told so at once."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

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
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse, or let the view run."""
        problem = None if getattr(view, "without_database", False) else closed()
        return told(request, problem) if problem else None


@promise("gate_answers_for_the_database", broken=None)
def closed() -> Problem | None:
    """The answer while the database is away; None while it is there."""
    if named(options().database_gate)():
        return None
    return Problem.of("database_unavailable", headers={"Retry-After": RETRY_AFTER_S})
