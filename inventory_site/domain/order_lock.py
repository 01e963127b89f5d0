"""Orders with all their stock, locked in the one order and taken in hand."""

from collections.abc import Collection
from uuid import UUID

from inventory_site.domain import queries
from inventory_site.domain.models import Hold, Variant
from inventory_site.domain.order_book import OrderBook
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.locks import take_locks


def lock_orders(order_ids: Collection[UUID], variant_ids: Collection[UUID] = ()) -> tuple[Shelf, OrderBook]:
    """Lock every variant that was ever promised to these orders, and those named, then the orders' holds.

    The variants of an order never change once it has a hold, so they may be looked up before the lock.
    """
    variants = queries.variants_of_orders(order_ids) | set(variant_ids)
    take_locks({Variant: variants, Hold: order_ids})
    shelf = Shelf.of(variants)
    return shelf, OrderBook.of(order_ids, shelf.now)
