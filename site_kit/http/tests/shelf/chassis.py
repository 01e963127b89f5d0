"""What the rest of the chassis answers here, settable by tests."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse


@dataclass
class Readiness:
    """Like `site_kit.processes.readiness.Readiness`."""

    status: str = "ok"
    parts: dict[str, str] = field(default_factory=lambda: {"database": "ok"})


STATE = {"gate": True}
READINESS = Readiness()


def gate_is_open() -> bool:
    return STATE["gate"]


def readiness() -> Readiness:
    return READINESS


def render_metrics() -> tuple[bytes, str]:
    return b"books 1\n", "text/plain; version=0.0.4"


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    return HttpResponse(f"<h1>page for a person: {status}</h1>", status=status)


def asks_for_the_person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that loads the session, as the back office's does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated in {True, False}
        return get_response(request)

    return middleware
