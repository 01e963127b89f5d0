"""Operations that will go: declared in one place, told in every answer and in the documentation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from site_kit.http.operations import operations
from site_kit.http.options import named, options
from site_kit.http.promises import promise

MIN_NOTICE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Deprecation:
    """One operation of the OpenAPI document that will end.

    `since`: the day it was announced; `sunset`: the day it stops, at least 30 days later; `successor`: the address
    of what to use instead.
    """

    operation_id: str
    since: date
    sunset: date
    successor: str = ""

    def headers(self) -> Mapping[str, str]:
        """Deprecation (RFC 9745), Sunset (RFC 8594) and Link."""
        told = {"Deprecation": f"@{_seconds(self.since)}", "Sunset": http_date(_seconds(self.sunset))}
        return {**told, "Link": f'<{self.successor}>; rel="successor-version"'} if self.successor else told


def deprecations() -> dict[str, Deprecation]:
    """What the site has declared, by operation id."""
    return {one.operation_id: one for one in named(options().deprecations)}


class DeprecationMiddleware:
    """Adds the headers to every answer of a deprecated operation; absent while nothing is deprecated."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not deprecations():
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.places = deprecated_places()  # here, so that no request waits for it

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.resolver_match is not None:
            place = (request.resolver_match.route, str(request.method))
            announce(response, self.places.get(place))
        return response


@promise("deprecations_told", broken=None)
def announce(response: HttpResponseBase, deprecation: Deprecation | None) -> None:
    """Tell of the end, next to Links that are there already."""
    if deprecation is None:
        return
    for name, value in deprecation.headers().items():
        present = response.headers.get(name) if name == "Link" else None
        response.headers[name] = f"{present}, {value}" if present else value


@cache
def deprecated_places() -> Mapping[tuple[str, str], Deprecation]:
    """Deprecations by route and method, made once from the API's own description."""
    declared = deprecations()
    found = {}
    for operation in operations():
        if deprecation := declared.get(operation.operation_id):
            found[operation.route, operation.method] = deprecation
            if operation.method == "GET":
                found[operation.route, "HEAD"] = deprecation
    return found


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
