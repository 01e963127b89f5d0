"""Promises to orders. A hold that is paid is an allocation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inventory_site.domain.models.stock_item import StockItem


class HoldState(models.TextChoices):
    """Where the promise to an order stands."""

    HELD = "held", "held"
    ALLOCATED = "allocated", "allocated (paid)"
    REJECTED = "rejected", "rejected"
    CANCELLED = "cancelled", "cancelled"
    RELEASED = "released", "released by staff"
    COMPLETED = "completed", "completed"
    SHIPPED_FIRST = "shipped_first", "shipped before the order was heard of"
    CANCELLED_FIRST = "cancelled_first", "cancelled before the order was heard of"


class Hold(models.Model):
    """The answer to one order. It has no clock: it ends by a fact of the order, or by staff with a reason.

    A rejected order, and one cancelled before it was heard of, has a row too: the answer is given once.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("order_id",)

    order_id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=15, choices=HoldState)
    reason = models.CharField(max_length=64, blank=True)
    lease_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "order_id")
        indexes = (
            models.Index(fields=["-created_at", "order_id"], name="hold_newest_first"),
            models.Index(fields=["created_at"], condition=Q(state="held"), name="unpaid_hold_by_age"),
        )

    def __str__(self) -> str:
        return f"order {self.order_id}"

    @property
    def is_answered(self) -> bool:
        """Whether the order itself was heard of, and answered."""
        return self.state not in {HoldState.SHIPPED_FIRST, HoldState.CANCELLED_FIRST}


class HoldLine(models.Model):
    """Units of one order line at one stock item, and where they are now.

    units       promised here in the first place
    reserved    still promised, not paid
    allocated   still promised, paid
    dispatched  sent, not yet settled
    deducted    sent and settled: with the customer, or gone
    returned    looked at after a return; may run ahead of the shipment's own fact
    """

    # The unique constraint begins with `hold`, and only open promises are looked up by stock item.
    hold = models.ForeignKey(Hold, models.PROTECT, related_name="lines", db_index=False)
    line_id = models.UUIDField()
    stock_item = models.ForeignKey(StockItem, models.PROTECT, related_name="hold_lines", db_index=False)
    units = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    allocated = models.IntegerField(default=0)
    dispatched = models.IntegerField(default=0)
    deducted = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["hold", "line_id", "stock_item"], name="one_hold_line_per_stock_item"),
            models.CheckConstraint(
                condition=Q(
                    units__gte=0, reserved__gte=0, allocated__gte=0, dispatched__gte=0, deducted__gte=0, returned__gte=0
                ),
                name="hold_line_buckets_not_negative",
            ),
        )
        indexes = (
            models.Index(
                fields=["stock_item"], condition=Q(reserved__gt=0) | Q(allocated__gt=0), name="open_promises_of_item"
            ),
        )

    def __str__(self) -> str:
        return f"line {self.line_id}"
