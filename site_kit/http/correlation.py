"""One id, one actor, one context for everything that a request causes."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from site_kit.context import Actor, acting, correlation_id_from
from site_kit.http.hop_limit import hops_of
from site_kit.http.promises import promise

GUEST = Actor("client", "guest")
TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


class CorrelationMiddleware:
    """Opens `site_kit.context` for the request and echoes X-Request-ID.

    An id from outside is kept if it is at most 128 letters, digits or `._:=+-`; any other is replaced by a new one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        correlation_id = request_id(request)
        with ExitStack() as context:
            context.enter_context(
                acting(
                    correlation_id=correlation_id,
                    causation_id=None,
                    actor=GUEST,
                    hop_count=hops_of(request),
                    traceparent=_traceparent(request),
                )
            )
            request.acting = context  # type: ignore[attr-defined]  # read by act_as
            response = self.get_response(request)
        echo(response, correlation_id)
        return response


def act_as(request: HttpRequest, actor: Actor) -> None:
    """From here to the end of the request, what happens is done by `actor`."""
    context: ExitStack | None = getattr(request, "acting", None)
    if context is not None:
        context.enter_context(acting(actor=actor))


@promise("request_id_is_sane", broken=lambda request: request.META.get("HTTP_X_REQUEST_ID") or str(uuid4()))
def request_id(request: HttpRequest) -> str:
    """The caller's X-Request-ID if it is sane, else a new one."""
    return correlation_id_from(request.META.get("HTTP_X_REQUEST_ID"))


@promise("request_id_echoed", broken=None)
def echo(response: HttpResponse | HttpResponseBase, correlation_id: str) -> None:
    """Tell the caller the id that logs and events carry."""
    response["X-Request-ID"] = correlation_id


def _traceparent(request: HttpRequest) -> str | None:
    given = str(request.META.get("HTTP_TRACEPARENT", ""))
    return given if TRACEPARENT.fullmatch(given) else None
