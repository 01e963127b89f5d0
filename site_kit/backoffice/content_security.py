"""The Content-Security-Policy: strict everywhere, with the one written exception under /admin/."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse


class ContentSecurityMiddleware(CSPMiddleware):
    """django-csp, which gives the back office the directives of ADMIN_CONTENT_SECURITY instead of its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of one answer's policy."""
        parts = super().get_policy_parts(request, response, report_only)
        if is_back_office(request):
            exception: dict[str, Any] = settings.ADMIN_CONTENT_SECURITY
            parts.replace = {**exception, **(parts.replace or {})}
        return parts


def is_back_office(request: HttpRequest) -> bool:
    """Whether the request's path lies in the back office."""
    try:
        return request.path.startswith(reverse("admin:index"))
    except NoReverseMatch:
        return False
