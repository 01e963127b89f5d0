"""Rows the toy shop's handlers change."""

from typing import ClassVar

from django.db import models


class Shelf(models.Model):
    """Units of an item; shared by handlers and requests."""

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("sku",)

    sku = models.TextField(unique=True)
    units = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.sku


class Effect(models.Model):
    """What a handler did, once per call, so that a test can count."""

    event_id = models.UUIDField()
    item_id = models.UUIDField(db_index=True)
    version = models.IntegerField()
    units = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"
