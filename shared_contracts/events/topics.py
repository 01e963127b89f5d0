"""The topics of the platform: one per kind of aggregate, owned by one site."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Topic:
    """One stream of facts; `partitions` is fixed for ever, because the partition of a key hangs on it."""

    name: str
    site: str
    about: str
    partitions: int = 8
    retention_days: int = 30


_ALL = (
    Topic("coordination.service", "coordination", "Services and their instances, by service."),
    Topic("coordination.config", "coordination", "Public configuration, by service."),
    Topic("catalog.product", "catalog", "Products with their variants, prices and availability, by product."),
    Topic("inventory.stock", "inventory", "How many there are of a variant, by variant."),
    Topic("inventory.reservation", "inventory", "Promises to orders (by order) and leases (by lease)."),
    Topic("orders.order", "orders", "What became of an order, by order."),
    Topic("delivery.shipment", "delivery", "Shipments on their way, by shipment."),
    Topic("delivery.return", "delivery", "Goods on their way back, by return."),
)

TOPICS: Mapping[str, Topic] = MappingProxyType({topic.name: topic for topic in _ALL})
