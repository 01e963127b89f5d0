"""The back office itself: Unfold's admin site with our start page, error pages and messages."""

from typing import Any

from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite


class BackOffice(UnfoldAdminSite):  # type: ignore[misc]  # Unfold ships no types
    """One per site; found as `django.contrib.admin.site`."""

    index_title = "Today"
    enable_nav_sidebar = True

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page knows; a page shown to nobody in particular (an error) has no sidebar."""
        context: dict[str, Any] = super().each_context(request)
        return context
