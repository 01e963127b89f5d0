"""Variants: what is put into a cart."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from catalog_site.domain.clock import new_id
from catalog_site.domain.models.attribute import Attribute, AttributeOption
from catalog_site.domain.models.product import Product


class Variant(models.Model):
    """A product in one combination of options; has a SKU (a label that may change) and prices.

    Twins (two variants of one product with the same options) are forbidden by the database: a trigger on
    `VariantOption` keeps `axis_key`, a column Django does not know, and `variant_no_twin_combinations` makes it
    unique per product at commit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.CharField("SKU", max_length=64)
    name = models.CharField(max_length=200, blank=True)
    barcode = models.CharField(max_length=14, blank=True)
    active = models.BooleanField(default=True)
    weight_g = models.PositiveIntegerField("weight (g)", null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    options = models.ManyToManyField(AttributeOption, through="VariantOption", related_name="variants")

    class Meta:
        ordering = ("position", "sku")
        constraints = (
            models.UniqueConstraint(Upper("sku"), name="variant_sku_unique"),
            models.CheckConstraint(condition=~Q(sku=""), name="variant_sku_not_blank"),
            models.UniqueConstraint(fields=["barcode"], condition=~Q(barcode=""), name="variant_barcode_unique"),
            models.CheckConstraint(
                condition=Q(barcode="") | Q(barcode__regex=r"^([0-9]{8}|[0-9]{12,14})$"),
                name="variant_barcode_is_gtin",
            ),
        )

    def __str__(self) -> str:
        return self.sku


class VariantOption(models.Model):
    """The value a variant has on one axis; the database holds that the option belongs to the axis."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="choices")
    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="+")
    option = models.ForeignKey(AttributeOption, models.PROTECT, related_name="choices")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["variant", "attribute"], name="variant_one_value_per_axis"),)

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.option_id}"
