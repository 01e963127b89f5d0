"""Books."""

from typing import ClassVar

from django.db import models


class Book(models.Model):
    """One book on the shelf."""

    title = models.CharField(max_length=100)
    shelf = models.CharField(max_length=20)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Book"]] = models.Manager()

    class Meta:
        app_label = "shelf"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.title
