"""The numbers of one variant at one location."""

from typing import Any, overload

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression

from inventory_site.domain.models.catalogue import Variant
from inventory_site.domain.models.location import Location


@overload
def units_available(on_hand: int, reserved: int, allocated: int) -> int: ...
@overload
def units_available(on_hand: F, reserved: F, allocated: F) -> CombinedExpression: ...
def units_available(on_hand: Any, reserved: Any, allocated: Any) -> Any:
    """What can still be promised: the one definition, for numbers and for columns alike.

    Negative when a count found less than is promised (a shortfall).
    """
    return on_hand - reserved - allocated


class StockItem(models.Model):
    """A variant at a location. Its numbers are the sum of its movements; only movements change them.

    on_hand     units physically there
    reserved    units promised by holds and leases
    allocated   units of paid orders, not yet sent
    dispatched  units sent, not yet settled
    available   units that can still be promised

    PostgreSQL moves the numbers when a movement is inserted and refuses every other change.
    """

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="stock_items")
    location = models.ForeignKey(Location, models.PROTECT, related_name="stock_items")
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    allocated = models.IntegerField(default=0)
    dispatched = models.IntegerField(default=0)
    available = models.GeneratedField(
        expression=units_available(F("on_hand"), F("reserved"), F("allocated")),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("variant_id", "location_id")
        constraints = (
            models.UniqueConstraint(fields=["variant", "location"], name="one_stock_item_per_variant_and_location"),
            models.CheckConstraint(
                condition=Q(on_hand__gte=0, reserved__gte=0, allocated__gte=0, dispatched__gte=0),
                name="stock_buckets_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.variant} at {self.location}"
