"""The local copy of the catalogue: what can be stocked, and what it is called today."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Product(models.Model):
    """A product as the catalogue last told it; `version` is the version of the event it came with."""

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("product_id",)

    product_id = models.UUIDField(primary_key=True)
    name = models.TextField(blank=True)
    status = models.TextField(blank=True)
    version = models.PositiveBigIntegerField()
    deleted = models.BooleanField(default=False)

    class Meta:
        ordering = ("product_id",)

    def __str__(self) -> str:
        return self.name or str(self.product_id)


class Variant(models.Model):
    """Something that can be counted. Its row is the one lock in front of all its stock, at every location.

    Stock belongs to the variant's id; the SKU is a label that may change. A variant that left the
    catalogue stays here (`removed`): the goods are still on the shelf, but nothing new is promised. One that
    was shipped before the catalogue told of it has no product and no SKU yet.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("variant_id",)

    variant_id = models.UUIDField(primary_key=True)
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="variants")
    sku = models.TextField(blank=True, db_index=True)
    name = models.TextField(blank=True)
    barcode = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("sku", "variant_id")
        indexes = (models.Index(fields=["barcode"], condition=~Q(barcode=""), name="variant_by_barcode"),)

    def __str__(self) -> str:
        return self.sku or str(self.variant_id)
