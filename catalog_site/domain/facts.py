"""What the catalog tells the other sites: states compared, differences said."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from catalog_site.domain.state import PictureState, PriceState, ProductState, VariantState
from shared_contracts.events.catalog import v1
from shared_contracts.events.event import Event
from site_kit.messaging.emit import emit_many


def tell_changes(before: Mapping[UUID, ProductState], after: Mapping[UUID, ProductState], *, at: datetime) -> None:
    """Say what became of each product, in id order.

    Emits ProductCreated, or ProductUpdated and then PriceChanged per price, and ProductOutOfStock or
    ProductBackInStock if its last variant to be had went or its first one came. A change of prices alone is no
    ProductUpdated. Nothing different, nothing said.
    """
    emit_many([event for id_ in sorted(after) for event in _changes(before.get(id_), after[id_], at)])


def tell_deletion(product: ProductState, *, at: datetime) -> None:
    """Emits ProductDeleted."""
    variant_ids = tuple(variant.id for variant in product.variants)
    emit_many([v1.ProductDeleted(product_id=product.id, variant_ids=variant_ids, deleted_at=at)])


def tell_stock_turns(turns: Mapping[UUID, tuple[bool, UUID, str]], *, at: datetime) -> None:
    """Per product: whether it is in stock now, and the variant (id, SKU) that tipped it.

    Emits ProductBackInStock or ProductOutOfStock each.
    """
    emit_many([_stock_turn(id_, *turns[id_], at) for id_ in sorted(turns)])


def picture_url(picture: PictureState | None, *, small: bool = False) -> str | None:
    """The public address of a product's picture."""
    if picture is None:
        return None
    return f"{settings.CATALOG_PUBLIC_URL}/pictures/{picture.name}{'-small' if small else ''}.webp"


def _changes(before: ProductState | None, after: ProductState, at: datetime) -> Iterator[Event]:
    if before is None:
        yield v1.ProductCreated(**_public_state(after, at))
    else:
        if _apart_from_prices(before, after) != _apart_from_prices(after, before):
            yield v1.ProductUpdated(**_public_state(after, at))
        yield from _price_changes(before, after, at)
    yield from _turn(before, after, at)


def _apart_from_prices(product: ProductState, other: ProductState) -> ProductState:
    """The product as it would be if variants that both have cost nothing."""
    both = {variant.id for variant in other.variants}
    return replace(
        product,
        variants=tuple(replace(each, prices=()) if each.id in both else each for each in product.variants),
    )


def _price_changes(before: ProductState, after: ProductState, at: datetime) -> Iterator[v1.PriceChanged]:
    known = {variant.id: variant.amounts for variant in before.variants}
    for variant in after.variants:
        was, is_now = known.get(variant.id), variant.amounts
        for currency in sorted({*was, *is_now} if was is not None else ()):
            if was is not None and was.get(currency) != is_now.get(currency):
                yield v1.PriceChanged(
                    product_id=after.id,
                    variant_id=variant.id,
                    sku=variant.sku,
                    currency=currency,
                    amount=is_now.get(currency),
                    previous_amount=was.get(currency),
                    prices=_prices(variant.prices),
                    changed_at=at,
                )


def _turn(before: ProductState | None, after: ProductState, at: datetime) -> Iterator[Event]:
    had = before.to_be_had if before else ()
    if bool(had) != after.in_stock:
        tipped = (had or after.to_be_had)[0]
        yield _stock_turn(after.id, after.in_stock, tipped.id, tipped.sku, at)


def _stock_turn(product_id: UUID, in_stock: bool, variant_id: UUID, sku: str, at: datetime) -> Event:
    kind = v1.ProductBackInStock if in_stock else v1.ProductOutOfStock
    return kind(product_id=product_id, variant_id=variant_id, sku=sku, changed_at=at)


def _public_state(product: ProductState, at: datetime) -> dict[str, Any]:
    return {
        "product_id": product.id,
        "name": product.name,
        "slug": product.slug,
        "description": product.description,
        "brand": product.brand,
        "status": product.status,
        "category_ids": product.category_ids,
        "variants": tuple(_variant(variant) for variant in product.variants),
        "picture_url": picture_url(product.picture),
        "changed_at": at,
    }


def _variant(variant: VariantState) -> v1.Variant:
    return v1.Variant(
        variant_id=variant.id,
        sku=variant.sku,
        name=variant.name,
        barcode=variant.barcode,
        active=variant.active,
        options=tuple(v1.Option(axis=option.axis, value=option.value) for option in variant.options),
        prices=_prices(variant.prices),
        weight_g=variant.weight_g,
    )


def _prices(prices: tuple[PriceState, ...]) -> tuple[v1.Price, ...]:
    return tuple(v1.Price(currency=price.currency, amount=price.amount) for price in prices)
