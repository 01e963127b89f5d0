"""System checks of the windows: what makes a list slow or a form endless is found before anybody waits."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db.models import ForeignKey
from unfold.checks import UnfoldModelAdminChecks


class WindowChecks(UnfoldModelAdminChecks):  # type: ignore[misc]  # Unfold ships no types
    """Django's and Unfold's admin checks, and ours."""

    def check(self, admin_obj: Any, **kwargs: Any) -> list[CheckMessage]:
        """All complaints about one window."""
        return [*super().check(admin_obj, **kwargs), *_unjoined(admin_obj), *_endless(admin_obj)]


def _unjoined(window: Any) -> list[CheckMessage]:
    if window.list_select_related:
        return []
    shown = [field.name for field in _foreign_keys(window) if field.name in window.list_display]
    return [
        Error(
            f"The list shows {name} but list_select_related is not set.",
            hint=f"Set list_select_related = [{name!r}]: otherwise each row asks for its own.",
            obj=window.__class__,
            id="backoffice.E001",
        )
        for name in shown
    ]


def _endless(window: Any) -> list[CheckMessage]:
    if not getattr(window, "is_editable", False):
        return []
    bounded = {*window.autocomplete_fields, *window.raw_id_fields, *window.readonly_fields, *(window.exclude or ())}
    return [
        Error(
            f"The form offers every row of {field.name} in one drop-down.",
            hint=f"Put {field.name!r} into autocomplete_fields.",
            obj=window.__class__,
            id="backoffice.E002",
        )
        for field in _foreign_keys(window)
        if field.editable and field.name not in bounded and not _left_out(window, field.name)
    ]


def _foreign_keys(window: Any) -> list[ForeignKey[Any, Any]]:
    return [field for field in window.model._meta.fields if isinstance(field, ForeignKey)]


def _left_out(window: Any, name: str) -> bool:
    return bool(window.fields or window.fieldsets) and name not in str(window.fields or window.fieldsets)
