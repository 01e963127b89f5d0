"""The stock ledger."""

from django.db import models
from django.db.models import F, Q

from inventory_site.domain.models.stock_item import StockItem


class MovementKind(models.TextChoices):
    """What happened to the units."""

    RECEIVED = "received", "received"
    ADJUSTED = "adjusted", "adjusted"
    RESTOCKED = "restocked", "restocked"
    LEASED = "leased", "leased"
    HELD = "held", "held"
    RELEASED = "released", "released"
    ALLOCATED = "allocated", "allocated"
    DISPATCHED = "dispatched", "dispatched"
    DEDUCTED = "deducted", "deducted"


class Cause(models.TextChoices):
    """What kind of thing `cause_id` is the id of."""

    ADJUSTMENT = "adjustment", "adjustment"
    ORDER = "order", "order"
    LEASE = "lease", "lease"
    SHIPMENT = "shipment", "shipment"
    RETURN = "return", "return"


class Movement(models.Model):
    """One line of the stock ledger: what changed at one stock item, by how much, why, and what it came to.

    The five numbers are differences; `deducted` counts units that left for good. The `_after` numbers are the
    stock item's own, after this line. Lines are inserted and never changed or deleted: PostgreSQL refuses it.
    Units come in only by `received`, `adjusted` and `restocked`; every other kind moves them from one place to
    another, so that on hand + dispatched + deducted stays what it was.
    """

    # The trigger that moves the numbers refuses a line without a stock item, so a foreign key would check it twice;
    # the index below begins with the same column.
    stock_item = models.ForeignKey(
        StockItem, models.PROTECT, related_name="movements", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=MovementKind)
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    allocated = models.IntegerField(default=0)
    dispatched = models.IntegerField(default=0)
    deducted = models.IntegerField(default=0)
    on_hand_after = models.IntegerField()
    reserved_after = models.IntegerField()
    allocated_after = models.IntegerField()
    dispatched_after = models.IntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    cause_id = models.UUIDField()
    reason = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    actor = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["received", "adjusted", "restocked"], dispatched=0, deducted=0)
                | Q(on_hand=-F("dispatched") - F("deducted")),
                name="units_come_in_only_by_receipt_adjustment_or_restock",
            ),
            models.UniqueConstraint(
                fields=["cause_id"], condition=Q(cause="adjustment"), name="an_adjustment_is_booked_once"
            ),
        )
        indexes = (
            models.Index(fields=["stock_item", "-id"], name="movement_of_item"),
            models.Index(fields=["cause_id"], name="movement_by_cause"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.stock_item_id}"
