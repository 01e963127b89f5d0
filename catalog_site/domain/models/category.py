"""Categories: a tree."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from catalog_site.domain.clock import new_id
from catalog_site.domain.ltree import PathField

MAX_DEPTH = 8


class Category(models.Model):
    """A shelf that products stand on; a product may stand on several.

    `path` holds the ids from the root down to this category (hex, joined by dots): it changes when a category is
    moved, never when one is renamed. Operations keep it; nothing else writes it.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("id",)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=120)
    path = PathField(editable=False)
    position = models.PositiveIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("position", "name", "id")
        verbose_name_plural = "categories"
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="category_name_not_blank"),
            models.UniqueConstraint(fields=["slug"], name="category_slug_unique"),
            models.UniqueConstraint(fields=["path"], name="category_path_unique"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="category_not_its_own_parent"),
        )
        indexes = (
            GistIndex(fields=["path"], name="category_path_gist"),
            models.Index(fields=["position", "name", "id"], name="category_in_order"),
            models.Index(fields=["name", "id"], name="category_by_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """1 for a root."""
        return self.path.count(".") + 1

    @property
    def ancestor_ids(self) -> list[UUID]:
        """From the root down, without itself."""
        return [UUID(hex=label) for label in self.path.split(".")[:-1]]
