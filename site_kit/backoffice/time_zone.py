"""Times in the back office are the reader's own."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from site_kit.backoffice.content_security import is_back_office

COOKIE = "time_zone"  # the same for all sites: a person is in one place


class TimeZoneMiddleware:
    """Shows the times of a page in the zone the browser told by its cookie; UTC until it has.

    The cookie is written by static/backoffice/look.js, on the login page already.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's time zone."""
        zone = known_zone(request.COOKIES.get(COOKIE, "")) if is_back_office(request) else None
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)


def known_zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of that name; None for anything a browser should not have sent."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
