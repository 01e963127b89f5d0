"""The admin classes every window of every back office is made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from site_kit.backoffice.paginator import EstimatedPaginator
from site_kit.refusals import Refusal

M = TypeVar("M", bound=Model)


def staff_id(request: HttpRequest) -> str:
    """The opaque id of the person at the keyboard: what events and logs may name."""
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
    """A window on one model; every change goes through an operation.

    A site overrides `through_operation` for add and change, `delete_model` and `delete_queryset` for
    delete. A `Refusal` raised anywhere in there rolls the request's transaction back: a form comes back as
    it was typed with the refusal above it, an action or a delete returns to the list with the message.

    Lists count nothing exactly: the paginator estimates (see `EstimatedPaginator`).
    """

    paginator: ClassVar[type[Paginator[Any]]] = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 50
    compressed_fields = True
    warn_unsaved_form = True

    def through_operation(self, request: HttpRequest, form: ModelForm[M], known: M | None) -> M:
        """Create (`known` is None) or change a row by calling one operation; returns what was saved."""
        raise NotImplementedError


class AppendOnlyAdmin(SiteModelAdmin[M]):
    """A window on rows nobody may add, change or delete by hand."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class SiteTabularInline(TabularInline, Generic[M]):  # type: ignore[misc]  # Unfold ships no types
    """Rows of a neighbour table inside a form."""

    extra = 0


class SiteStackedInline(StackedInline, Generic[M]):  # type: ignore[misc]  # Unfold ships no types
    """Rows of a neighbour table inside a form, one below the other."""

    extra = 0
