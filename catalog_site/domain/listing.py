"""What lists show of a product without looking at its variants: from–to prices, kept beside the product."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from catalog_site.domain.models import ListPrice
from catalog_site.domain.state import ProductState


def price_span(product: ProductState) -> dict[str, tuple[Decimal, Decimal]]:
    """Lowest and highest price of the active variants, by currency."""
    amounts: dict[str, list[Decimal]] = {}
    for variant in product.active_variants:
        for currency, amount in variant.amounts.items():
            amounts.setdefault(currency, []).append(amount)
    return {currency: (min(found), max(found)) for currency, found in amounts.items()}


def refresh_list_prices(products: Collection[ProductState]) -> None:
    """Make the stored spans true again; the products are locked by the caller. Safe to repeat."""
    wanted = {(product.id, currency): span for product in products for currency, span in price_span(product).items()}
    stored = _stored({product.id for product in products})
    stale = [row_id for key, (row_id, _) in stored.items() if key not in wanted]
    if stale:
        ListPrice.objects.filter(id__in=stale).delete()
    ListPrice.objects.bulk_create(
        [
            ListPrice(product_id=key[0], currency=key[1], lowest=span[0], highest=span[1])
            for key, span in sorted(wanted.items())
            if key not in stored or stored[key][1] != span
        ],
        update_conflicts=True,
        unique_fields=["product", "currency"],
        update_fields=["lowest", "highest"],
    )


def _stored(product_ids: set[UUID]) -> Mapping[tuple[UUID, str], tuple[int, tuple[Decimal, Decimal]]]:
    rows = ListPrice.objects.filter(product__in=product_ids)
    return {(row.product_id, row.currency): (row.id, (row.lowest, row.highest)) for row in rows}
