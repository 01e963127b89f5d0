"""The window on locations."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from inventory_site.domain.models import Location
from inventory_site.domain.operations.arrange_locations import LocationChanges, change_location, open_location
from site_kit.backoffice.model_admin import SiteModelAdmin


@admin.register(Location)
class LocationAdmin(SiteModelAdmin[Location]):
    """Places with shelves. The code never changes; closing needs empty shelves."""

    icon = "warehouse"
    list_display = ("code", "name", "rank", "active")
    list_filter: ClassVar[Sequence[Any]] = ("active",)
    search_fields = ("code", "name")
    ordering = ("rank", "code")

    def get_fields(self, request: HttpRequest, obj: Location | None = None) -> Sequence[str]:
        """A new location is open."""
        return ("code", "name", "rank", "active") if obj else ("code", "name", "rank")

    def get_readonly_fields(self, request: HttpRequest, obj: Location | None = None) -> Sequence[str]:
        """The code is what other sites say."""
        return ("code",) if obj else ()

    def through_operation(self, request: HttpRequest, form: Any, known: Location | None) -> Location:
        """Open or change it."""
        typed = form.cleaned_data
        if known is None:
            return open_location(code=typed["code"], name=typed["name"], rank=typed["rank"])
        changes = LocationChanges(name=typed["name"], rank=typed["rank"], active=typed["active"])
        return change_location(code=known.code, changes=changes)
