"""What the catalog listens to: contract event → operation, with the locks each handler takes."""

from collections.abc import Sequence

import structlog

from catalog_site.domain.models import Attribute, Product, VariantStock
from catalog_site.domain.operations.apply_stock import StockLevel, apply_stock
from catalog_site.domain.queries import products_of_variants
from shared_contracts.events.inventory.v1 import InventoryUpdated
from site_kit.messaging.handlers import Message, Wanted, bulk

log = structlog.get_logger(__name__)


def on_inventory_updated(messages: Sequence[Message[InventoryUpdated]]) -> None:
    """Take over the figures of many variants at once.

    The stream's version goes along: it stands in the row, so that a late duplicate never turns the figure back.
    """
    for message in messages:
        log.info(
            "stock_heard",
            variant_id=message.aggregate_id,
            available=message.event.available,
            version=message.version,
            request_id=message.correlation_id,
        )
    apply_stock(
        levels=[
            StockLevel(
                variant_id=message.event.variant_id,
                available=message.event.available,
                version=message.version,
                changed_at=message.event.changed_at,
            )
            for message in messages
        ]
    )


def rows_of_stock(events: Sequence[InventoryUpdated]) -> Wanted:
    """The products whose stock status may turn (variants of one product are different keys), and the figures."""
    variant_ids = {event.variant_id for event in events}
    return {Product: products_of_variants(variant_ids), VariantStock: variant_ids}


HANDLERS = {InventoryUpdated: bulk(on_inventory_updated, locks=rows_of_stock)}
LOCK_ORDER = (Attribute, Product, VariantStock)
