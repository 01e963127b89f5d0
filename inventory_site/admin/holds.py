"""The window on holds and allocations."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from inventory_site.admin.links import movements_of, page_link
from inventory_site.admin.situation_filters import HoldSituationFilter
from inventory_site.domain.models import Hold, HoldLine
from inventory_site.domain.operations.release_hold import release_hold
from site_kit.backoffice.model_admin import SiteModelAdmin, SiteTabularInline, refusals_shown
from site_kit.messaging.windows.why_form import WhyForm, why_of


class HoldLineInline(SiteTabularInline[HoldLine]):
    """Where each unit of an order is now."""

    model = HoldLine
    fields = ("stock", "units", "reserved", "allocated", "dispatched", "deducted", "returned", "line_id")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[HoldLine]:
        """Lines with what they lie on."""
        rows: QuerySet[HoldLine] = super().get_queryset(request)
        return rows.select_related("stock_item__variant", "stock_item__location")

    @admin.display(description="stock item")
    def stock(self, line: HoldLine) -> SafeString:
        """A link to the stock item."""
        return page_link(line.stock_item)


@admin.register(Hold)
class HoldAdmin(SiteModelAdmin[Hold]):
    """What is promised to orders, paid or not. It ends by a fact of the order, or here, by staff with a reason."""

    icon = "shopping_bag"
    action_form = WhyForm
    inlines = (HoldLineInline,)
    list_display = ("order_id", "state", "reason", "created_at", "paid_at", "ended_at")
    list_filter: ClassVar[Sequence[Any]] = ("state", HoldSituationFilter)
    search_fields = ("order_id",)
    search_help_text = "The id of an order"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-created_at", "order_id")
    fields = (
        ("order_id", "in_ledger"),
        ("state", "reason"),
        ("created_at", "paid_at", "ended_at"),
        "lease_id",
    )
    readonly_fields = ("in_ledger",)
    actions = ("release",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Hold], search_term: str
    ) -> tuple[QuerySet[Hold], bool]:
        """A whole id."""
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            return queryset.filter(order_id=UUID(term)), False
        except ValueError:
            return queryset.none(), False

    @admin.display(description="in the ledger")
    def in_ledger(self, hold: Hold) -> SafeString:
        """Everything the order moved, but for its shipments and returns."""
        return movements_of(hold.order_id)

    @admin.action(description="Release (say why)", permissions=["change"])
    def release(self, request: HttpRequest, chosen: QuerySet[Hold]) -> None:
        """Give back what the chosen orders still have promised; orders hears of it."""
        released = 0
        for hold in chosen.order_by("pk"):
            with refusals_shown(request):
                release_hold(order_id=hold.order_id, why=why_of(request))
                released += 1
        if released:
            messages.success(request, f"{released} released.")
