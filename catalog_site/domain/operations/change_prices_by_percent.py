"""A rise or a cut over many products."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from catalog_site.domain.editing import editing
from catalog_site.domain.errors import InvalidAmount, ProductNotFound
from catalog_site.domain.models import Price
from catalog_site.domain.money import Money, changed_by_percent
from catalog_site.domain.variant_rows import store_prices

LOWEST, HIGHEST = Decimal(-90), Decimal(900)


@transaction.atomic
def change_prices_by_percent(*, product_ids: Collection[UUID], percent: Decimal, currency: str | None = None) -> int:
    """Raise (or cut, below zero) every price of the products, in one currency or in all; returns how many moved.

    Each new price is rounded half up to its currency's coins and stays above zero. Not safe to repeat: it counts
    from the price that stands. Raises `ProductNotFound`, `InvalidAmount` outside −90 to +900 %.
    Emits PriceChanged per price that is different.
    """
    if not percent.is_finite() or not LOWEST <= percent <= HIGHEST:
        raise InvalidAmount(f"A change is {LOWEST} to {HIGHEST} %.", percent=str(percent))
    if not product_ids:
        raise ProductNotFound("No product was chosen.")
    with editing(product_ids):
        moved = [
            (variant_id, new)
            for variant_id, old in _prices(product_ids, currency)
            if (new := changed_by_percent(old, percent)) != old
        ]
        store_prices(moved)
    return len(moved)


def _prices(product_ids: Collection[UUID], currency: str | None) -> list[tuple[UUID, Money]]:
    rows = Price.objects.filter(variant__product__in=product_ids)
    if currency:
        rows = rows.filter(currency=currency)
    return [(row.variant_id, Money(row.currency, row.amount)) for row in rows]
