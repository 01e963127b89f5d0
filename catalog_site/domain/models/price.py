"""What a variant costs, and what a product's page says it costs."""

from django.db import models
from django.db.models import Q

from catalog_site.domain.models.product import Product
from catalog_site.domain.models.variant import Variant


class Price(models.Model):
    """One amount per variant and currency, in that currency's own precision."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="prices")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ("currency",)
        constraints = (
            models.UniqueConstraint(fields=["variant", "currency"], name="price_one_per_currency"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="price_is_positive"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_currency_is_a_code"),
        )
        indexes = (models.Index(fields=["currency", "amount", "variant"], name="price_range"),)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class ListPrice(models.Model):
    """From–to of a product's active variants in one currency: derived, so that a list never looks at variants."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="list_prices")
    currency = models.CharField(max_length=3)
    lowest = models.DecimalField(max_digits=18, decimal_places=4)
    highest = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["product", "currency"], name="list_price_one_per_currency"),)
        indexes = (models.Index(fields=["currency", "lowest", "product"], name="list_price_order"),)

    def __str__(self) -> str:
        return f"{self.lowest}–{self.highest} {self.currency}"
