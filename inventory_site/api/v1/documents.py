"""What the API shows, as plain data. The shapes stand in `serializers`."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from inventory_site.domain.models import Lease, LowStockAlert
from inventory_site.domain.operations.adjust_stock import Adjusted
from inventory_site.domain.stock_queries import LeasedUnits, StockOfProduct, StockOfVariant

Document = dict[str, Any]


def product_stock_document(stock: StockOfProduct) -> Document:
    """The stock of a product's variants."""
    return {
        "product_id": stock.product_id,
        "name": stock.name,
        "variants": [variant_stock_document(variant) for variant in stock.variants],
    }


def variant_stock_document(stock: StockOfVariant) -> Document:
    """A variant's units together, then each location."""
    return {
        "variant_id": stock.variant_id,
        "sku": stock.sku,
        "name": stock.name,
        "removed": stock.removed,
        **_numbers(stock),
        "locations": [{"location": item.location, **_numbers(item)} for item in stock.items],
    }


def lease_document(lease: Lease, lines: Iterable[LeasedUnits]) -> Document:
    """A lease without its token."""
    return {
        "lease_id": lease.lease_id,
        "state": lease.state,
        "client": lease.client,
        "created_at": lease.created_at,
        "expires_at": lease.expires_at,
        "ended_at": lease.ended_at,
        "order_id": lease.order_id,
        "lines": [_leased(line) for line in lines],
    }


def new_lease_document(lease: Lease, lines: Iterable[LeasedUnits]) -> Document:
    """A lease with its token, for the one who asked for it."""
    return {
        "lease_id": lease.lease_id,
        "token": lease.token,
        "state": lease.state,
        "created_at": lease.created_at,
        "expires_at": lease.expires_at,
        "lines": [_leased(line) for line in lines],
    }


def adjustment_document(adjusted: Adjusted) -> Document:
    """A line that was booked."""
    item = adjusted.item
    return {
        "adjustment_id": adjusted.adjustment_id,
        "variant_id": item.variant_id,
        "location": item.location,
        "delta": adjusted.delta,
        **_numbers(item),
    }


def low_stock_documents(alerts: Iterable[LowStockAlert], available: Mapping[UUID, int]) -> list[Document]:
    """Open alerts with what is available now, by alert id."""
    return [
        {
            "alert_id": alert.alert_id,
            "variant_id": alert.variant_id,
            "product_id": alert.variant.product_id,
            "sku": alert.variant.sku,
            "name": alert.variant.name,
            "location": alert.location.code if alert.location else None,
            "available": available[alert.alert_id],
            "minimum": alert.minimum,
            "opened_at": alert.opened_at,
        }
        for alert in alerts
    ]


def _numbers(of: Any) -> Document:
    return {name: getattr(of, name) for name in ("on_hand", "reserved", "allocated", "dispatched", "available")}


def _leased(line: LeasedUnits) -> Document:
    return {"variant_id": line.variant_id, "sku": line.sku, "location": line.location, "units": line.units}
