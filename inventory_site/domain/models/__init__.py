"""The nouns of inventory, where Django looks for them."""

from inventory_site.domain.models.booked_fact import BookedFact
from inventory_site.domain.models.catalogue import Product, Variant
from inventory_site.domain.models.hold import Hold, HoldLine, HoldState
from inventory_site.domain.models.lease import Lease, LeaseLine, LeaseState
from inventory_site.domain.models.location import Location
from inventory_site.domain.models.low_stock import LowStockAlert, LowStockRule
from inventory_site.domain.models.movement import Cause, Movement, MovementKind
from inventory_site.domain.models.shortfall import Shortfall
from inventory_site.domain.models.stock_item import StockItem

__all__ = [
    "BookedFact",
    "Cause",
    "Hold",
    "HoldLine",
    "HoldState",
    "Lease",
    "LeaseLine",
    "LeaseState",
    "Location",
    "LowStockAlert",
    "LowStockRule",
    "Movement",
    "MovementKind",
    "Product",
    "Shortfall",
    "StockItem",
    "Variant",
]
