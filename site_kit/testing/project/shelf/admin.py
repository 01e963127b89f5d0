"""Windows of the sample site."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from site_kit.backoffice.model_admin import AppendOnlyAdmin, SiteModelAdmin, SiteTabularInline, refusals_shown
from site_kit.testing.project.shelf.models import Box, Room, Weighing
from site_kit.testing.project.shelf.operations import put_box, remove_box, seal_box


class WeighingInline(SiteTabularInline[Weighing]):
    """The ledger of a box."""

    model = Weighing
    fields: ClassVar[list[str]] = ["weight_g", "weighed_at"]
    readonly_fields: ClassVar[list[str]] = ["weight_g", "weighed_at"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Box | None = None) -> bool:
        """The ledger is written by operations."""
        return False


@admin.register(Box)
class BoxAdmin(SiteModelAdmin[Box]):
    """Everything a window can do."""

    icon = "package_2"
    list_display: ClassVar[list[str]] = ["label", "room", "weight_g", "is_sealed", "arrived_at"]
    list_select_related: ClassVar[list[str]] = ["room"]
    list_filter: ClassVar[list[str]] = ["is_sealed"]
    search_fields: ClassVar[list[str]] = ["label"]
    autocomplete_fields: ClassVar[list[str]] = ["room"]
    readonly_fields: ClassVar[list[str]] = ["is_sealed"]
    inlines: ClassVar[list[type[SiteTabularInline[Weighing]]]] = [WeighingInline]
    actions: ClassVar[list[str]] = ["seal"]

    def through_operation(self, request: HttpRequest, form: ModelForm[Box], known: Box | None) -> Box:
        """Put or change."""
        return put_box(**form.cleaned_data, known=known)

    def delete_model(self, request: HttpRequest, obj: Box) -> None:
        """Remove."""
        remove_box(box=obj)

    @admin.action(description="Seal chosen boxes", permissions=["change"])
    def seal(self, request: HttpRequest, chosen: QuerySet[Box]) -> None:
        """Seal each; a refusal of one does not stop the others."""
        for box in chosen:
            with refusals_shown(request):
                seal_box(box=box)


@admin.register(Room)
class RoomAdmin(SiteModelAdmin[Room]):
    """A window without an operation: for reading."""

    list_display: ClassVar[list[str]] = ["name"]
    search_fields: ClassVar[list[str]] = ["name"]


@admin.register(Weighing)
class WeighingAdmin(AppendOnlyAdmin[Weighing]):
    """The ledger."""

    list_display: ClassVar[list[str]] = ["box", "weight_g", "weighed_at"]
    list_select_related: ClassVar[list[str]] = ["box"]
