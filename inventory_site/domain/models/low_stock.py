"""Minimums, and what falls below them."""

from django.db import models
from django.db.models import Q

from inventory_site.domain.clock import new_id
from inventory_site.domain.models.catalogue import Variant
from inventory_site.domain.models.location import Location


class LowStockRule(models.Model):
    """The least that should be available of a variant: at one location, or at all of them together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="low_stock_rules")
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, help_text="Empty: all locations together."
    )
    minimum = models.PositiveIntegerField(help_text="An alert opens when fewer units are available.")
    revision = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["variant", "location"],
                name="one_low_stock_rule_per_variant_and_location",
                nulls_distinct=False,
                violation_error_message="There is a rule for this variant and location already.",
            ),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="low_stock_minimum_at_least_one"),
        )

    def __str__(self) -> str:
        return f"{self.variant}: at least {self.minimum}"


class LowStockAlert(models.Model):
    """A time during which a variant was below its minimum. Opens and closes itself.

    `available` is what it came to when the alert opened or closed; `minimum` is the rule's at that time.
    """

    alert_id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(LowStockRule, models.SET_NULL, null=True, related_name="alerts")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="low_stock_alerts")
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True)
    minimum = models.PositiveIntegerField()
    available = models.IntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "alert_id")
        constraints = (
            models.UniqueConstraint(
                fields=["rule"], condition=Q(closed_at=None), name="one_open_alert_per_low_stock_rule"
            ),
        )
        indexes = (
            models.Index(fields=["-opened_at", "alert_id"], name="alert_newest_first"),
            models.Index(fields=["opened_at", "alert_id"], condition=Q(closed_at=None), name="open_alert_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.variant}: {self.available} of at least {self.minimum}"
