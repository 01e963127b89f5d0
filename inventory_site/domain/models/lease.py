"""Promises with a clock, made by API."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inventory_site.domain.models.stock_item import StockItem


class LeaseState(models.TextChoices):
    """Where a lease stands."""

    LIVE = "live", "live"
    RELEASED = "released", "released"
    EXPIRED = "expired", "expired"
    TAKEN_OVER = "taken_over", "taken over by an order"


class Lease(models.Model):
    """Stock promised to a client until `expires_at` by the database's clock.

    Whoever has the token may extend, release or hand over the lease; the id may be shown to anybody.
    A live row past its time is over all the same: the sweep, or a buyer who needs the units, takes them back.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("lease_id",)

    lease_id = models.UUIDField(primary_key=True)
    token = models.CharField(max_length=64, unique=True)
    client = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=LeaseState, default=LeaseState.LIVE)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    order_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "lease_id")
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="lease_ends_after_it_began"),
        )
        indexes = (
            models.Index(fields=["-created_at", "lease_id"], name="lease_newest_first"),
            models.Index(fields=["expires_at"], condition=Q(state="live"), name="live_lease_by_expiry"),
        )

    def __str__(self) -> str:
        return f"lease {self.lease_id}"


class LeaseLine(models.Model):
    """Units of a lease at one stock item; `reserved` is what is still promised of `units`."""

    # The unique constraint begins with `lease`, and only open promises are looked up by stock item.
    lease = models.ForeignKey(Lease, models.PROTECT, related_name="lines", db_index=False)
    stock_item = models.ForeignKey(StockItem, models.PROTECT, related_name="lease_lines", db_index=False)
    units = models.PositiveIntegerField()
    reserved = models.IntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["lease", "stock_item"], name="one_lease_line_per_stock_item"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("units")), name="lease_line_within_its_units"
            ),
        )
        indexes = (models.Index(fields=["stock_item"], condition=Q(reserved__gt=0), name="open_leases_of_item"),)

    def __str__(self) -> str:
        return f"{self.reserved} of {self.units}"
