"""Which representation an answer has; a caller without rights hears of the rights first."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from site_kit.http.problem import RequestRefused


class JudgingNegotiation(DefaultContentNegotiation):
    """DRF's negotiation, with 401 and 403 before 406, and no `?format=`."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and media type. Raises `RequestRefused` (406) naming what there is."""
        offered = list(renderers)
        try:
            return super().select_renderer(request, offered, format_suffix)  # type: ignore[no-any-return]
        except NotAcceptable:
            _judge_caller(request)
            names = [renderer.media_type for renderer in offered]
            detail = f"There is {', '.join(str(name) for name in names)}."
            raise RequestRefused("not_acceptable", detail, details={"available": names}) from None

    def get_accept_list(self, request: Request) -> list[str]:
        """The media types asked for; an empty header asks for anything, like none."""
        return [part.strip() for part in request.META.get("HTTP_ACCEPT", "").split(",") if part.strip()] or ["*/*"]


def _judge_caller(request: Request) -> None:
    view: Any = request.parser_context.get("view")
    if view is not None:
        view.perform_authentication(request)
        view.check_permissions(request)
