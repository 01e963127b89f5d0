"""What inventory last said about a variant."""

from typing import ClassVar

from django.db import models

from catalog_site.domain.models.variant import Variant


class VariantStock(models.Model):
    """A copy of inventory's figure. It stands on inventory's word alone, so it may precede or outlive the variant.

    `version` is the version of inventory's stream that said it; an older word never overwrites a newer one.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("variant_id",)

    variant = models.OneToOneField(
        Variant, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="stock"
    )
    available = models.BigIntegerField()
    version = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "variant stock"

    def __str__(self) -> str:
        return f"{self.available} of {self.variant_id}"
