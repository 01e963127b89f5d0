"""Who reads an error: a program, or a person in the back office."""

from django.http import HttpRequest, HttpResponse

from site_kit.http.options import named, options
from site_kit.http.problem import Problem

BACK_OFFICE = "/admin/"


def is_for_a_person(request: HttpRequest) -> bool:
    """Whether an error is shown in the back office, by its own pages."""
    return request.path.startswith(BACK_OFFICE) and "text/html" in request.META.get("HTTP_ACCEPT", "")


def told(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as its reader can take it: problem+json, or the back office's page."""
    if not is_for_a_person(request):
        return problem.response()
    page: HttpResponse = named(options().error_page)(request, problem.status)
    for name, value in problem.headers.items():
        page.headers.setdefault(name, value)
    return page
