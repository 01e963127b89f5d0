"""Problems outside DRF: Django's own error answers, and whatever a view outside of it raises."""

import sys
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from site_kit.http.audience import is_for_a_person, told
from site_kit.http.problem import MEDIA_TYPE, Problem
from site_kit.http.problem_codes import CODE_OF_STATUS
from site_kit.http.promises import promise
from site_kit.http.strangers import stranger_at_no_address
from site_kit.http.translation import answered, judged

KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate", "X-Request-ID")


class ProblemNetMiddleware:
    """Nothing leaves the site as an HTML error page but what a person in the back office is to read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return as_problem(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what a view raised; with DEBUG too, where Django would show the code (in the back office it may)."""
        return None if is_for_a_person(request) else answered(exception, request=request)


@promise("problems_everywhere", broken=lambda request, response: response)
def as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response, or its error told as problem+json."""
    status = response.status_code
    if status < 400 or str(response.get("Content-Type", "")).startswith(MEDIA_TYPE) or is_for_a_person(request):
        return response
    return of_status(status, headers={name: response[name] for name in KEPT_HEADERS if name in response}).response()


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return told(request, judged(exception, request=request))


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return told(request, judged(exception, request=request))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404; a stranger at an address of the API gets 401, like at any other there."""
    return stranger_at_no_address(request) or told(request, judged(exception, request=request))


def handler500(request: HttpRequest) -> HttpResponse:
    """Django's handler500; a database that went away in a middleware is 503 here too."""
    fault = sys.exc_info()[1]
    return told(request, of_status(500) if fault is None else judged(fault, request=request))


def of_status(status: int, *, headers: Mapping[str, str] | None = None) -> Problem:
    """The problem behind an error answer of which only the status is known."""
    code = CODE_OF_STATUS.get(status, "bad_request" if status < 500 else "internal_error")
    known = Problem.of(code)
    title = known.title if known.status == status else ""
    return Problem(status=status, code=code, title=title, detail=known.detail, headers=headers or {})
