"""The shortfall desk: where more is promised than there is."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from inventory_site.admin.links import page_link
from inventory_site.admin.situation_filters import OpenFilter
from inventory_site.domain.models import HoldLine, HoldState, Shortfall
from inventory_site.domain.operations.settle_shortfall import settle_shortfall
from inventory_site.domain.stock_queries import open_promises
from site_kit.backoffice.model_admin import SiteModelAdmin, refusals_shown
from site_kit.messaging.windows.why_form import WhyForm, why_of


class SettleForm(forms.ModelForm[Shortfall]):
    """Who cannot be served, and why."""

    orders = forms.TypedMultipleChoiceField(
        required=False,
        coerce=UUID,
        label="Take from",
        help_text="None chosen: unpaid orders first, the newest first.",
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(max_length=300, label="Reason", widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = Shortfall
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orders"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(line.hold_id), _described(line)) for line in open_promises(self.instance.stock_item_id)
        ]


@admin.register(Shortfall)
class ShortfallAdmin(SiteModelAdmin[Shortfall]):
    """Opens and closes with the numbers. Settled by giving promises back: orders hears of it and answers."""

    icon = "production_quantity_limits"
    form = SettleForm
    action_form = WhyForm
    list_display = ("stock", "units", "opened_at", "closed_at")
    list_display_links = ("opened_at",)
    list_select_related = ("stock_item__variant", "stock_item__location")
    list_filter: ClassVar[Sequence[Any]] = (OpenFilter,)
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-opened_at", "id")
    actions = ("settle",)
    readonly_fields = ("stock", "units", "opened_at", "closed_at")
    exclude = ("stock_item",)

    def get_fieldsets(self, request: HttpRequest, obj: Shortfall | None = None) -> Any:
        """What is missing, and while it is, the way to settle it."""
        shown = (None, {"fields": (("stock", "units"), ("opened_at", "closed_at"))})
        if obj is None or obj.closed_at or not self.has_change_permission(request, obj):
            return [shown]
        return [shown, ("Settle by giving promises back", {"fields": ("orders", "why")})]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Never: they open by themselves."""
        return False

    @admin.display(description="stock item")
    def stock(self, shortfall: Shortfall) -> SafeString:
        """A link to the stock item."""
        return page_link(shortfall.stock_item)

    def through_operation(self, request: HttpRequest, form: Any, known: Shortfall | None) -> Shortfall:
        """Give back promises of the chosen orders, or of those that lose first."""
        settle_shortfall(
            stock_item_id=form.instance.stock_item_id,
            why=form.cleaned_data["why"],
            order_ids=form.cleaned_data["orders"] or None,
        )
        return Shortfall.objects.get(pk=form.instance.pk)

    @admin.action(description="Give the newest promises back (say why)", permissions=["change"])
    def settle(self, request: HttpRequest, chosen: QuerySet[Shortfall]) -> None:
        """Until each chosen one is covered: unpaid orders first, the newest first."""
        for shortfall in chosen.order_by("pk"):
            with refusals_shown(request):
                released = settle_shortfall(stock_item_id=shortfall.stock_item_id, why=why_of(request))
                messages.success(request, f"{released} units given back.")


def _described(line: HoldLine) -> str:
    paid = "not paid" if line.hold.state == HoldState.HELD else line.hold.get_state_display()
    return (
        f"order {line.hold_id}: {line.reserved + line.allocated} units, {paid}, {line.hold.created_at:%Y-%m-%d %H:%M}"
    )
