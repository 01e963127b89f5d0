"""The admin classes every window of every back office is made of."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Field, Model
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from site_kit.backoffice.checks import WindowChecks
from site_kit.backoffice.paginator import EstimatedPaginator
from site_kit.refusals import Refusal

M = TypeVar("M", bound=Model)


def staff_id(request: HttpRequest) -> str:
    """The opaque id of the person at the keyboard: all that events and logs may know of them."""
    return str(request.user.pk)


@contextmanager
def refusals_shown(request: HttpRequest) -> Iterator[None]:
    """Show a refusal of what runs inside as an error message and go on after the block.

    For actions on several rows: one block per row, so that one refusal does not stop the others.
    """
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))


class SiteModelAdmin(ModelAdmin, Generic[M]):  # type: ignore[misc]  # Unfold ships no types
    """A window on one model; every change goes through an operation, so without one nothing can be changed.

    `through_operation` gives it add and change; `save_formset` saves an inline; `delete_model` (and
    `delete_queryset` for the bulk action) gives it delete. A `Refusal` raised in there rolls everything
    back: a form comes back as it was typed with the refusal above it (beside the field that
    `details["field"]` names), any other page shows it as a message.

    Lists count nothing exactly beyond 10,000 rows (`EstimatedPaginator`).
    """

    paginator: ClassVar[type[Paginator[Any]]] = EstimatedPaginator
    checks_class = WindowChecks
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 50
    compressed_fields = True
    warn_unsaved_form = True

    def through_operation(self, request: HttpRequest, form: ModelForm[M], known: M | None) -> M:
        """Create a row (`known` is None) or change `known` by calling one operation; returns what was saved.

        `form.cleaned_data` holds the values; `known` itself already carries them, unsaved.
        """
        raise NotImplementedError(f"{type(self).__name__}.through_operation")

    def save_formset(
        self, request: HttpRequest, form: ModelForm[M], formset: BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        """Save the rows of one inline by calling operations; `new_objects`, `changed_objects` and
        `deleted_objects` of the formset are filled and nothing of them is saved yet."""
        if formset.has_changed():
            raise NotImplementedError(f"{type(self).__name__}.save_formset")

    @property
    def is_editable(self) -> bool:
        """Whether this window has an operation behind its form."""
        return type(self).through_operation is not SiteModelAdmin.through_operation

    def save_model(self, request: HttpRequest, obj: M, form: ModelForm[M], change: bool) -> None:
        """Call the operation and show what it made; an untouched form calls nothing."""
        if change and not form.has_changed():
            return
        saved = self.through_operation(request, form, obj if change else None)
        obj.__dict__.update(saved.__dict__)

    def save_related(
        self, request: HttpRequest, form: ModelForm[M], formsets: Sequence[BaseModelFormSet[Any, Any]], change: bool
    ) -> None:
        """Hand every inline to `save_formset`; many-to-many fields are the operation's business."""
        for formset in formsets:
            formset.save(commit=False)
            self.save_formset(request, form, formset, change)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; after a refusal once more, with what was typed and the refusal in it."""
        try:
            return self._form_page(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            # Only now is the transaction rolled back, so that nothing half-saved stands when the form comes back.
            request.refusal = refusal  # type: ignore[attr-defined]
            return self._form_page(request, object_id, form_url, extra_context)

    def _form_page(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        buttons = {} if self.is_editable else dict.fromkeys(SAVE_BUTTONS, False)
        page: HttpResponse = super().changeform_view(request, object_id, form_url, {**buttons, **(extra_context or {})})
        return page

    def get_form(self, request: HttpRequest, obj: M | None = None, change: bool = False, **more: Any) -> Any:
        """The form class; one that refuses, when the operation just did."""
        form_class = super().get_form(request, obj, change=change, **more)
        refusal: Refusal | None = getattr(request, "refusal", None)
        return _refusing(form_class, refusal) if refusal else form_class

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Sequence[str]:
        """Without an operation behind the form every field of it is for reading."""
        declared: Sequence[str] = super().get_readonly_fields(request, obj)
        if self.is_editable:
            return declared
        fields = self.fields or [field.name for field in self.opts.fields]
        return list(dict.fromkeys([*declared, *_flat(fields)]))

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Whether the person may add; never without an operation."""
        return self.is_editable and super().has_add_permission(request, *args)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Whether the person may delete; never without an operation."""
        overridden = type(self).delete_model is not SiteModelAdmin.delete_model
        return overridden and super().has_delete_permission(request, obj)

    def get_deleted_objects(
        self, objs: Sequence[M], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What the page before a deletion shows: the chosen rows. What goes with them is the operation's answer;
        Django's own would load every related row first."""
        return [str(obj) for obj in objs], {str(self.opts.verbose_name_plural): len(objs)}, set(), []

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **more: Any) -> Any:
        """The form field, with a name for each half of a date and time."""
        field = super().formfield_for_dbfield(db_field, request, **more)
        halves = getattr(getattr(field, "widget", None), "widgets", ())
        for half, name in zip(halves, ("date", "time"), strict=False):
            half.attrs.setdefault("aria-label", f"{db_field.verbose_name}: {name}")
        return field

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        """Delete one row by calling an operation."""
        raise NotImplementedError(f"{type(self).__name__}.delete_model")

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the chosen rows, each by its operation; a refusal of one does not stop the others."""
        for obj in queryset:
            with refusals_shown(request):
                self.delete_model(request, obj)


class AppendOnlyAdmin(SiteModelAdmin[M]):
    """A window on rows nobody may add, change or delete by hand; rights of a role change nothing about it."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Never."""
        return False


class SiteTabularInline(TabularInline, Generic[M]):  # type: ignore[misc]  # Unfold ships no types
    """Rows of a neighbour table inside a form, one per line."""

    extra = 0


class SiteStackedInline(StackedInline, Generic[M]):  # type: ignore[misc]  # Unfold ships no types
    """Rows of a neighbour table inside a form, one block each."""

    extra = 0


SAVE_BUTTONS = ("show_save", "show_save_and_continue", "show_save_and_add_another")


def _refusing(form_class: type[ModelForm[M]], refusal: Refusal) -> type[ModelForm[M]]:
    class RefusingForm(form_class):  # type: ignore[valid-type,misc]  # made for one request
        def _clean_form(self) -> None:
            super()._clean_form()
            field = refusal.details.get("field")
            self.add_error(field if field in self.fields else None, str(refusal))

    return RefusingForm


def _flat(fields: Sequence[Any]) -> list[str]:
    return [name for entry in fields for name in ([entry] if isinstance(entry, str) else entry)]
