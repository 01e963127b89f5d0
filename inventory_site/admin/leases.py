"""The window on leases."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from inventory_site.domain.models import Lease, LeaseLine
from inventory_site.domain.operations.release_lease import release_lease
from site_kit.backoffice.model_admin import SiteModelAdmin, SiteTabularInline, refusals_shown


class LeaseLineInline(SiteTabularInline[LeaseLine]):
    """What a lease promises."""

    model = LeaseLine
    fields = readonly_fields = ("stock_item", "units", "reserved")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Lease | None = None) -> bool:
        """Never by hand."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[LeaseLine]:
        """With the names of what it shows."""
        return super().get_queryset(request).select_related("stock_item__variant", "stock_item__location")


@admin.register(Lease)
class LeaseAdmin(SiteModelAdmin[Lease]):
    """Promises with a clock; staff may end one before its time. The token is the client's secret and is not shown."""

    icon = "hourglass_top"
    list_display = ("lease_id", "client", "state", "expires_at", "created_at", "ended_at")
    list_filter = ("state",)
    search_fields = ("lease_id__exact", "client__exact", "order_id__exact")
    search_help_text = "A whole lease id, order id or client"
    ordering = ("-created_at", "lease_id")
    fields = readonly_fields = ("lease_id", "client", "state", "expires_at", "created_at", "ended_at", "order_id")
    inlines = (LeaseLineInline,)
    actions = ("release",)

    @admin.action(description="Release selected leases", permissions=["change"])
    def release(self, request: HttpRequest, chosen: QuerySet[Lease]) -> None:
        """Put what they hold back on the shelf."""
        for token in chosen.order_by("lease_id").values_list("token", flat=True):
            with refusals_shown(request):
                release_lease(token=token, reason="staff")
