"""Error pages of the back office, for people; they ask neither the session nor the database anything."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from site_kit.context import current


@dataclass(frozen=True, slots=True)
class Page:
    """What one error page says."""

    title: str
    sentence: str


PAGES: dict[int, Page] = {
    400: Page("That request makes no sense", "Go back and try once more."),
    403: Page("Not yours to open", "Your role does not include this page. Ask a platform operator."),
    404: Page("There is nothing here", "It was moved or deleted, or the address has a slip of the pen."),
    405: Page("Not done this way", "Go back and use the button on the page."),
    500: Page("Something broke", "Nothing was changed half-way. Try once more; if it stays, tell the number below."),
    503: Page("The database does not answer", "It is being brought back. Try again in a moment; nothing is lost."),
}
STALE_FORM = Page(
    "This form has expired", "You logged in again, or cookies are off. Go back, reload, and send it again."
)


def error_page(request: HttpRequest, status: int, *, page: Page | None = None) -> HttpResponse:
    """A page that says what happened and what to do, with the request id to quote."""
    said = page or PAGES.get(status, PAGES[500])
    body = render_to_string(
        "backoffice/error.html",
        {
            "said": said,
            "status": status,
            "request_id": current().correlation_id,
            "site_title": settings.UNFOLD["SITE_TITLE"],
            "colours": settings.UNFOLD["COLORS"]["primary"],
            "start": reverse("admin:index"),
        },
    )
    return HttpResponse(body, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: forms are only found in the back office."""
    return error_page(request, 403, page=STALE_FORM)
