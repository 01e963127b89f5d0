"""The window on the category tree."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from catalog_site.admin.product_form import JudgedByOperation
from catalog_site.domain.models import Category
from catalog_site.domain.operations.arrange_categories import create_category, delete_category, edit_category
from site_kit.backoffice.model_admin import SiteModelAdmin


class CategoryForm(JudgedByOperation):
    """A shelf and where it hangs; remembers the revision it shows."""

    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Category
        fields: ClassVar[list[str]] = ["name", "slug", "parent", "position"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.instance.path:
            self.initial["seen_revision"] = self.instance.revision


@admin.register(Category)
class CategoryAdmin(SiteModelAdmin[Category]):
    """Each category names the one it hangs below; moving it takes everything below along."""

    icon = "account_tree"
    form = CategoryForm
    fields = ("name", "slug", "parent", "position", "seen_revision")
    list_display = ("name", "slug", "parent", "level", "position")
    list_select_related = ("parent",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("parent",)
    prepopulated_fields: ClassVar[dict[str, tuple[str, ...]]] = {"slug": ("name",)}
    ordering = ("name", "id")

    @admin.display(description="Level")
    def level(self, category: Category) -> int:
        """1 for a root."""
        return category.depth

    def through_operation(self, request: HttpRequest, form: Any, known: Category | None) -> Category:
        """Make, rename or move."""
        typed = dict(form.cleaned_data)
        revision, parent = typed.pop("seen_revision"), typed.pop("parent")
        typed["parent_id"] = parent.id if parent else None
        if known is None:
            return create_category(**typed)
        return edit_category(category_id=known.id, changes=typed, expected_revision=revision)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        """Only an empty one."""
        delete_category(category_id=obj.pk)
