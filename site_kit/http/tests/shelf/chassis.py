"""What the rest of the chassis answers here, settable by tests."""

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
