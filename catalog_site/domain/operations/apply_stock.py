"""Inventory said how much there is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from catalog_site.domain import clock, facts
from catalog_site.domain.models import Product, Variant, VariantStock
from catalog_site.domain.queries import products_of_variants
from site_kit.messaging.locks import lock_rows

UPSERT = """
INSERT INTO catalog_variantstock (variant_id, available, version, changed_at)
SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::timestamptz[])
ON CONFLICT (variant_id) DO UPDATE
SET available = excluded.available, version = excluded.version, changed_at = excluded.changed_at
WHERE catalog_variantstock.version < excluded.version
"""


@dataclass(frozen=True, slots=True)
class StockLevel:
    """What inventory's stream of a variant said at `version`."""

    variant_id: UUID
    available: int
    version: int
    changed_at: datetime


@transaction.atomic
def apply_stock(*, levels: Sequence[StockLevel]) -> None:
    """Take over inventory's figures; of several for one variant the newest counts, an older one changes nothing.

    A variant the catalog does not know is noted all the same: it may be made later. Safe to repeat, in any order.
    Emits ProductOutOfStock or ProductBackInStock per product whose last variant to be had went or first one came.
    """
    newest = {level.variant_id: level for level in sorted(levels, key=lambda level: level.version)}
    product_ids = products_of_variants(newest)
    # The products too: two variants running out in two partitions at once would each see the other's old figure.
    lock_rows({Product: product_ids, VariantStock: newest})
    _store([newest[id_] for id_ in sorted(newest)])
    _turn(product_ids, newest)


def _store(levels: Sequence[StockLevel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            UPSERT,
            [
                [level.variant_id for level in levels],
                [level.available for level in levels],
                [level.version for level in levels],
                [level.changed_at for level in levels],
            ],
        )


def _turn(product_ids: Collection[UUID], levels: dict[UUID, StockLevel]) -> None:
    to_be_had = Variant.objects.filter(product=OuterRef("pk"), active=True, stock__available__gt=0)
    rows = (
        Product.objects.filter(id__in=product_ids).annotate(now=Exists(to_be_had)).values_list("id", "in_stock", "now")
    )
    turned = {id_: now for id_, before, now in rows if before != now}
    for in_stock in sorted(set(turned.values())):
        Product.objects.filter(id__in=[id_ for id_, now in turned.items() if now is in_stock]).update(in_stock=in_stock)
    tipping = _tipping_variants(turned, levels)
    facts.tell_stock_turns({id_: (now, *tipping[id_]) for id_, now in turned.items()}, at=clock.now())


def _tipping_variants(turned: dict[UUID, bool], levels: dict[UUID, StockLevel]) -> dict[UUID, tuple[UUID, str]]:
    """Of each product, the variant among those just told of that explains its turn; the newest word wins."""

    def explains(variant: Variant) -> tuple[bool, datetime, UUID]:
        level = levels[variant.id]
        return (level.available > 0) is turned[variant.product_id], level.changed_at, variant.id

    candidates = Variant.objects.filter(id__in=levels, product__in=turned)
    return {variant.product_id: (variant.id, variant.sku) for variant in sorted(candidates, key=explains)}
