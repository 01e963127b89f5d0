"""Whose hand it is: requests of the back office act as the person who is logged in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from site_kit.backoffice.content_security import is_back_office
from site_kit.context import Actor
from site_kit.http.correlation import act_as
from site_kit.refusals import Refusal

Answer = Callable[[HttpRequest], HttpResponse]


class ActingStaffMiddleware:
    """Sets the actor of the context for the back office, and shows refusals that no page caught."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing yet: who it is stands in the database, which the gate is asked about first."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Act as the person at the keyboard from here on."""
        if is_back_office(request) and request.user.is_authenticated:
            act_as(request, Actor("staff", str(request.user.pk)))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal raised by an action or a button: a message on the page it came from."""
        if not isinstance(exception, Refusal) or not is_back_office(request):
            return None
        messages.error(request, str(exception))
        start = reverse("admin:index")
        came_from = urlsplit(request.headers.get("Referer", ""))
        same_site = came_from.netloc == request.get_host() and came_from.path.startswith(start)
        return HttpResponseRedirect(came_from._replace(scheme="", netloc="").geturl() if same_site else start)
