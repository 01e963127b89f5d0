"""The menu: every window the person may open, by app."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

DEFAULT_ICON = "table_rows"


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Unfold's SIDEBAR navigation, made from the registered windows (their `icon` names a Material Symbol)."""
    today = {"title": "", "items": [{"title": "Today", "icon": "today", "link": reverse("admin:index")}]}
    return [today, *(_group(app) for app in admin.site.get_app_list(request))]


def _group(app: dict[str, Any]) -> dict[str, Any]:
    items = [
        {"title": str(entry["name"]), "icon": _icon(entry["model"]), "link": entry["admin_url"]}
        for entry in app["models"]
        if entry["admin_url"]
    ]
    return {"title": app["name"], "items": items}


def _icon(model: type[Any]) -> str:
    return str(getattr(admin.site.get_model_admin(model), "icon", DEFAULT_ICON))
