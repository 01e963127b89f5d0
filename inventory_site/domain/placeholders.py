"""Variants that goods were moved of before the catalogue told of them."""

from collections.abc import Collection
from uuid import UUID

from inventory_site.domain.models import Variant


def know_variants(variant_ids: Collection[UUID]) -> None:
    """Make sure that these variants have a row, without product or SKU where the catalogue is still silent.

    Only physical facts do this: they are true whatever the catalogue says.
    """
    known = set(Variant.objects.filter(variant_id__in=variant_ids).values_list("variant_id", flat=True))
    strangers = sorted(set(variant_ids) - known)
    Variant.objects.bulk_create([Variant(variant_id=id_) for id_ in strangers], ignore_conflicts=True)
