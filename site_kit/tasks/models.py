"""The turns of periodic work."""

from typing import ClassVar

from django.db import models


class Turn(models.Model):
    """When one kind of periodic work was last begun and ended; the row is the claim."""

    name = models.CharField(primary_key=True, max_length=200)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        verbose_name = "turn of periodic work"
        verbose_name_plural = "turns of periodic work"

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether somebody has begun it and not ended it yet."""
        return self.ended_at is None
