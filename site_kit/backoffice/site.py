"""The back office itself: Unfold's admin site with our start page, error pages and messages."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite


class BackOffice(UnfoldAdminSite):  # type: ignore[misc]  # Unfold ships no types
    """One per site; found as `django.contrib.admin.site`."""

    index_title = "Today"
    enable_nav_sidebar = True

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The site's own apps first, in the order in which they are installed."""
        order = {config.label: place for place, config in enumerate(apps.get_app_configs())}
        return sorted(super().get_app_list(request, app_label), key=lambda app: _place(order, app["app_label"]))


def _place(order: dict[str, int], label: str) -> tuple[bool, int]:
    return label == "backoffice", order[label]  # staff accounts last: they change seldom
