"""Truth below promise."""

from django.db import models
from django.db.models import Q

from inventory_site.domain.models.stock_item import StockItem


class Shortfall(models.Model):
    """A time during which more of a stock item was promised than was there. Opens and closes itself.

    `units` is how many are missing now, and the last number once it is closed.
    """

    stock_item = models.ForeignKey(StockItem, models.PROTECT, related_name="shortfalls")
    units = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["stock_item"], condition=Q(closed_at=None), name="one_open_shortfall_per_stock_item"
            ),
        )
        indexes = (
            models.Index(fields=["-opened_at", "id"], name="shortfall_newest_first"),
            models.Index(fields=["opened_at"], condition=Q(closed_at=None), name="open_shortfall_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.units} short"
