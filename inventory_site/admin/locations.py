"""The window on locations."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from inventory_site.domain.models import Location
from inventory_site.domain.operations.arrange_locations import change_location, open_location
from site_kit.backoffice.model_admin import SiteModelAdmin


@admin.register(Location)
class LocationAdmin(SiteModelAdmin[Location]):
    """Where goods lie, and in which order promises take from them."""

    icon = "warehouse"
    list_display = ("code", "name", "rank", "active")
    search_fields = ("code__istartswith", "name__istartswith")
    ordering = ("rank", "code")
    fields = ("code", "name", "rank", "active")

    def get_readonly_fields(self, request: HttpRequest, obj: Location | None = None) -> tuple[str, ...]:
        """The code never changes; a new location is open."""
        return ("code",) if obj else ("active",)

    def through_operation(self, request: HttpRequest, form: ModelForm[Location], known: Location | None) -> Location:
        """Open a location, or change it."""
        wished = form.cleaned_data
        if known is None:
            return open_location(code=wished["code"], name=wished["name"], rank=wished["rank"])
        return change_location(
            code=known.code, changes={"name": wished["name"], "rank": wished["rank"], "active": wished["active"]}
        )
