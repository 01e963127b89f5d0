"""Prices are set or taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from catalog_site.domain.editing import editing
from catalog_site.domain.errors import VariantNotFound
from catalog_site.domain.models import Price, Variant
from catalog_site.domain.money import Money, smallest
from catalog_site.domain.queries import products_of_variants
from catalog_site.domain.variant_rows import store_prices


@dataclass(frozen=True, slots=True)
class PriceWish:
    """The price a variant shall have in a currency; None takes it away."""

    variant_id: UUID
    currency: str
    amount: Decimal | None


@transaction.atomic
def set_prices(*, wishes: Sequence[PriceWish], expected_revision: int | None = None) -> None:
    """Set or take away prices, all of them or none; a price named twice gets the last wish.

    `expected_revision` is the product's, for wishes on one product. Safe to repeat: an amount that stands already
    is no change. Raises `VariantNotFound`, `RevisionMoved`, `UnknownCurrency`, `InvalidAmount`, and
    `NotPublishable` when an active variant of an active product would lose its last price.
    Emits PriceChanged per price that is different.
    """
    latest = {(wish.variant_id, wish.currency): wish for wish in wishes}
    set_, gone = _judged(list(latest.values()))
    variant_ids = {variant_id for variant_id, _ in latest}
    with editing(products_of_variants(variant_ids), expected_revision=expected_revision):
        _check_variants(variant_ids)
        for variant_id, currency in gone:
            Price.objects.filter(variant=variant_id, currency=currency).delete()
        store_prices(set_)


def _judged(wishes: Sequence[PriceWish]) -> tuple[list[tuple[UUID, Money]], list[tuple[UUID, str]]]:
    for wish in wishes:
        smallest(wish.currency)  # refuses a currency nobody knows, also where a price is taken away
    set_ = [(wish.variant_id, Money(wish.currency, wish.amount)) for wish in wishes if wish.amount is not None]
    return set_, [(wish.variant_id, wish.currency) for wish in wishes if wish.amount is None]


def _check_variants(variant_ids: set[UUID]) -> None:
    known = set(Variant.objects.filter(id__in=variant_ids).values_list("id", flat=True))
    if unknown := sorted(variant_ids - known):
        raise VariantNotFound("There is no such variant.", variant_id=str(unknown[0]))
