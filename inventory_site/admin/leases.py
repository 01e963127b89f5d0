"""The window on leases."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from inventory_site.admin.links import movements_of, page_link
from inventory_site.admin.situation_filters import LeaseSituationFilter
from inventory_site.domain.models import Hold, Lease, LeaseLine
from inventory_site.domain.operations.release_lease import release_lease
from site_kit.backoffice.model_admin import SiteModelAdmin, SiteTabularInline, refusals_shown
from site_kit.messaging.windows.why_form import WhyForm, why_of


class LeaseLineInline(SiteTabularInline[LeaseLine]):
    """What a lease promises, where."""

    model = LeaseLine
    fields = ("stock", "units", "reserved")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[LeaseLine]:
        """Lines with what they lie on."""
        rows: QuerySet[LeaseLine] = super().get_queryset(request)
        return rows.select_related("stock_item__variant", "stock_item__location")

    @admin.display(description="stock item")
    def stock(self, line: LeaseLine) -> SafeString:
        """A link to the stock item."""
        return page_link(line.stock_item)


@admin.register(Lease)
class LeaseAdmin(SiteModelAdmin[Lease]):
    """A window on leases; every change goes through an operation. The token is nobody's business but its holder's."""

    icon = "timer"
    action_form = WhyForm
    inlines = (LeaseLineInline,)
    list_display = ("lease_id", "client", "state", "expires_at", "created_at")
    list_filter: ClassVar[Sequence[Any]] = ("state", LeaseSituationFilter)
    search_fields = ("lease_id",)
    search_help_text = "The id of a lease or of the order that took it over, a token, or a client"
    sortable_by: ClassVar[Sequence[str]] = ()
    ordering = ("-created_at", "lease_id")
    fields = (
        ("lease_id", "client"),
        ("state", "expires_at"),
        ("created_at", "ended_at"),
        ("taken_over_by", "in_ledger"),
    )
    readonly_fields = ("taken_over_by", "in_ledger")
    actions = ("release",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Lease], search_term: str
    ) -> tuple[QuerySet[Lease], bool]:
        """Whole ids, tokens and clients."""
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            found = Q(lease_id=UUID(term)) | Q(order_id=UUID(term))
        except ValueError:
            found = Q(token=term) | Q(client=term)
        return queryset.filter(found), False

    @admin.display(description="taken over by")
    def taken_over_by(self, lease: Lease) -> SafeString | str:
        """The order, if one did."""
        return page_link(Hold(order_id=lease.order_id)) if lease.order_id else "–"

    @admin.display(description="in the ledger")
    def in_ledger(self, lease: Lease) -> SafeString:
        """Everything it moved."""
        return movements_of(lease.lease_id)

    @admin.action(description="Release", permissions=["change"])
    def release(self, request: HttpRequest, chosen: QuerySet[Lease]) -> None:
        """End the chosen leases now; those that are over say so."""
        released = 0
        for lease in chosen.order_by("pk"):
            with refusals_shown(request):
                release_lease(token=lease.token, reason="staff", why=why_of(request))
                released += 1
        if released:
            messages.success(request, f"{released} released.")
