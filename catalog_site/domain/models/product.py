"""Products: what is sold as one page."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from catalog_site.domain.clock import new_id
from catalog_site.domain.models.category import Category

RESERVED_SLUGS = ("search", "changes", "quote")
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Status(models.TextChoices):
    """Where a product stands in its life; only an active one is shown to the public."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    ARCHIVED = "archived", "Archived"


class Product(models.Model):
    """What is sold as one page; its variants carry SKU and price.

    The product row is the lock of everything below it: whoever changes variants, prices, categories or the
    picture holds it. `revision` counts changes by people and clients (not stock). `in_stock` and `priced` are
    derived, kept by the operations.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("id",)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=20_000)
    brand = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    categories = models.ManyToManyField(Category, through="ProductCategory", related_name="products")
    picture = models.CharField(max_length=60, blank=True, editable=False)
    picture_width = models.PositiveIntegerField(default=0, editable=False)
    picture_height = models.PositiveIntegerField(default=0, editable=False)
    picture_alt = models.CharField(max_length=200, blank=True)
    picture_digest = models.CharField(max_length=64, blank=True, editable=False)
    in_stock = models.BooleanField(default=False, editable=False)
    priced = models.BooleanField(default=False, editable=False)
    revision = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="product_status_known"),
            models.CheckConstraint(condition=~Q(name=""), name="product_name_not_blank"),
            models.UniqueConstraint(fields=["slug"], opclasses=["varchar_pattern_ops"], name="product_slug_unique"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="product_slug_not_reserved"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="product_slug_readable"),
            models.CheckConstraint(condition=~Q(status="active") | Q(priced=True), name="product_active_means_priced"),
        )
        indexes = (
            models.Index(fields=["status", "name", "id"], name="product_by_name"),
            models.Index(fields=["status", "-created_at", "-id"], name="product_by_creation"),
            models.Index(fields=["status", "-updated_at", "-id"], name="product_by_change"),
            models.Index(fields=["-updated_at", "-id"], name="product_changed_lately"),
            models.Index(fields=["name", "id"], name="product_name"),
            models.Index(Upper("brand"), "name", "id", name="product_by_brand"),
            models.Index(
                fields=["id"], condition=Q(priced=False) & ~Q(status="archived"), name="product_without_price"
            ),
            models.Index(fields=["id"], condition=Q(in_stock=False, status="active"), name="product_without_stock"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return self.status == Status.ACTIVE


class ProductCategory(models.Model):
    """A product stands on a shelf."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="placements")
    category = models.ForeignKey(Category, models.PROTECT, related_name="placements")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["category", "product"], name="product_once_per_category"),)

    def __str__(self) -> str:
        return f"{self.product_id} in {self.category_id}"
