"""Nouns of the sample site."""

from typing import ClassVar

from django.db import models


class Room(models.Model):
    """Where boxes stand."""

    name = models.CharField(max_length=50, unique=True)

    objects: ClassVar[models.Manager["Room"]] = models.Manager()

    def __str__(self) -> str:
        return self.name


class Box(models.Model):
    """Something with a label and a weight."""

    label = models.CharField(max_length=200)
    room = models.ForeignKey(Room, on_delete=models.PROTECT)
    weight_g = models.PositiveIntegerField()
    is_sealed = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    arrived_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Box"]] = models.Manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        verbose_name_plural = "boxes"

    def __str__(self) -> str:
        return self.label


class Weighing(models.Model):
    """A line of the ledger: append-only."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT)
    weight_g = models.PositiveIntegerField()
    weighed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Weighing"]] = models.Manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.weight_g} g"
