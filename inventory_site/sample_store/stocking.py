"""Stock for the sample store: three locations, and for every variant the catalogue told of a plausible shelf.

The numbers follow from the SKU alone, so they are the same on every machine.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet

from inventory_site.domain.models import Location, LowStockRule, StockItem, Variant
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from inventory_site.domain.operations.arrange_locations import open_location
from inventory_site.domain.operations.set_minimums import add_minimum
from inventory_site.domain.reasons import Reason

NAMESPACE = uuid5(NAMESPACE_URL, "https://first-viscount.example/sample-stock")
BATCH = 50
SOLD_OUT_ONE_IN, WATCHED_ONE_IN = 17, 6
REFERENCE = "opening stock"


class Place(NamedTuple):
    """A location, and the most units of one variant that it opens with."""

    code: str
    name: str
    rank: int
    most: int


PLACES = (
    Place("MAIN", "Main warehouse", 10, 90),
    Place("NORTH", "North warehouse", 20, 40),
    Place("SHOP", "High street shop", 30, 12),
)


def open_places() -> None:
    """Open the locations that are not there yet."""
    known = set(Location.objects.values_list("code", flat=True))
    for place in PLACES:
        if place.code not in known:
            open_location(code=place.code, name=place.name, rank=place.rank)


def known_variants() -> int:
    """How many variants the catalogue has told of, and still has."""
    return _offered().count()


def bare_variants() -> list[Variant]:
    """Variants in the local copy of the catalogue that nobody stocked yet."""
    return list(_offered().exclude(variant_id__in=StockItem.objects.values("variant_id")).order_by("sku"))


def stock(variants: Sequence[Variant]) -> Iterator[int]:
    """Receive the opening stock of these variants, a batch per transaction; yields how many are done.

    Safe to repeat: each receipt has an id that follows from variant and location. Emits what `adjust_stock` and
    `add_minimum` emit.
    """
    for start in range(0, len(variants), BATCH):
        batch = variants[start : start + BATCH]
        adjust_stock(adjustments=[receipt for variant in batch for receipt in _receipts(variant)])
        for variant in batch:
            _watch(variant)
        yield start + len(batch)


def _offered() -> QuerySet[Variant]:
    return Variant.objects.filter(removed=False, product__isnull=False)


def _receipts(variant: Variant) -> list[Adjustment]:
    return [
        Adjustment(
            variant_id=variant.variant_id,
            location=place.code,
            reason=Reason.RECEIVED,
            delta=units,
            reference=REFERENCE,
            adjustment_id=_receipt_id(variant, place),
        )
        for place in PLACES
        if (units := _units(variant.sku, place)) > 0
    ]


def _units(sku: str, place: Place) -> int:
    """Of every seventeenth variant there is nothing, so that the shop has something sold out."""
    if _drawn(sku) % SOLD_OUT_ONE_IN == 0:
        return 0
    return _drawn(f"{sku}@{place.code}") % (place.most + 1)


def _watch(variant: Variant) -> None:
    if _drawn(f"{variant.sku} watched") % WATCHED_ONE_IN == 0:
        known = LowStockRule.objects.filter(variant=variant, location=None).exists()
        if not known:
            add_minimum(variant_id=variant.variant_id, minimum=20 + _drawn(variant.sku) % 30)


def _receipt_id(variant: Variant, place: Place) -> UUID:
    return uuid5(NAMESPACE, f"{variant.variant_id}@{place.code}")


def _drawn(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big")
