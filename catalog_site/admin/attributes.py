"""The windows on attributes (axes) and their options."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from catalog_site.admin.product_form import JudgedByOperation
from catalog_site.domain.models import Attribute, AttributeOption
from catalog_site.domain.operations.arrange_attributes import (
    create_attribute,
    delete_attribute,
    delete_option,
    edit_attribute,
    put_option,
)
from site_kit.backoffice.model_admin import SiteModelAdmin, SiteTabularInline


class AttributeForm(JudgedByOperation):
    """An axis."""

    class Meta:
        model = Attribute
        fields: ClassVar[list[str]] = ["code", "name", "position"]


class OptionForm(JudgedByOperation):
    """An option as a row; its code is fixed once it is there."""

    class Meta:
        model = AttributeOption
        fields: ClassVar[list[str]] = ["code", "name", "position"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.instance._state.adding:
            self.fields["code"] = forms.CharField(disabled=True, widget=self.fields["code"].widget)


class OptionInline(SiteTabularInline[AttributeOption]):
    """The options of an axis."""

    model = AttributeOption
    form = OptionForm
    fields = ("code", "name", "position")

    def get_formset(self, request: HttpRequest, obj: Attribute | None = None, **more: Any) -> Any:
        """The formset; whether an option may go is the operation's answer: Django's own would load every variant."""
        formset = super().get_formset(request, obj, **more)
        formset.form.hand_clean_DELETE = lambda form: None
        return formset


@admin.register(Attribute)
class AttributeAdmin(SiteModelAdmin[Attribute]):
    """What variants can differ in; the code is what other sites and addresses say, so it never changes."""

    icon = "tune"
    form = AttributeForm
    inlines = (OptionInline,)
    fields = ("code", "name", "position")
    list_display = ("name", "code", "position")
    search_fields = ("name", "code")
    ordering = ("position", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Attribute | None = None) -> Any:
        """The code is typed once."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def through_operation(self, request: HttpRequest, form: Any, known: Attribute | None) -> Attribute:
        """Make or rename."""
        typed = form.cleaned_data
        if known is None:
            return create_attribute(**typed)
        return edit_attribute(code=known.code, changes=typed)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Each row by its operation."""
        code = form.instance.code
        for gone in formset.deleted_objects:
            delete_option(attribute_code=code, code=gone.code)
        for option in [*(changed for changed, _ in formset.changed_objects), *formset.new_objects]:
            put_option(attribute_code=code, code=option.code, name=option.name, position=option.position)

    def delete_model(self, request: HttpRequest, obj: Attribute) -> None:
        """Only one that no variant has."""
        delete_attribute(code=obj.code)


@admin.register(AttributeOption)
class AttributeOptionAdmin(SiteModelAdmin[AttributeOption]):
    """Not in the menu: here so that options can be searched for on the product page."""

    search_fields = ("name", "attribute__name", "code")
    list_display = ("name", "attribute")
    list_select_related = ("attribute",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttributeOption]:
        """Options with their axis, which stands in their name."""
        rows: QuerySet[AttributeOption] = super().get_queryset(request).select_related("attribute")
        return rows

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Never in the menu."""
        return False
