"""What variants of one product differ in: attributes (axes) and their options."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from catalog_site.domain.clock import new_id


class Attribute(models.Model):
    """An axis such as colour or size. The code is what other sites and addresses say; it never changes."""

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("id",)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(fields=["code"], name="attribute_code_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="attribute_name_not_blank"),
        )

    def __str__(self) -> str:
        return self.name


class AttributeOption(models.Model):
    """One value an attribute can take, such as red or M. The code never changes; the name may."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="options")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("attribute__position", "attribute__code", "position", "code")
        constraints = (
            models.UniqueConstraint(fields=["attribute", "code"], name="option_code_unique_in_its_attribute"),
            models.UniqueConstraint("attribute", Lower("name"), name="option_name_unique_in_its_attribute"),
            models.CheckConstraint(condition=~Q(name=""), name="option_name_not_blank"),
        )

    def __str__(self) -> str:
        return f"{self.attribute.name}: {self.name}"
