"""What the API shows, as plain data; the shapes stand in `serializers`."""

from collections.abc import Iterable, Sequence
from typing import Any

from inventory_site.domain.models import (
    Lease,
    LeaseLine,
    Location,
    LowStockAlert,
    LowStockRule,
    Movement,
    StockItem,
    Variant,
)
from inventory_site.domain.operations.adjust_stock import Adjusted
from inventory_site.domain.stock_queries import ProductStock

Document = dict[str, Any]
NUMBERS = ("on_hand", "reserved", "allocated", "dispatched", "available")
LEDGER = (
    "id",
    "kind",
    "on_hand",
    "reserved",
    "allocated",
    "dispatched",
    "deducted",
    "on_hand_after",
    "cause",
    "cause_id",
    "reason",
    "note",
    "reference",
    "actor",
    "recorded_at",
)


def product_document(stock: ProductStock) -> Document:
    """A product's stock."""
    variants = [_variant(variant, items) for variant, items in stock.variants]
    return {
        "product_id": stock.product.product_id,
        "name": stock.product.name,
        "available": sum(variant["available"] for variant in variants),
        "variants": variants,
    }


def stock_item_document(item: StockItem) -> Document:
    """A variant at a location."""
    return {"variant_id": item.variant_id, "sku": item.variant.sku, **_at_location(item)}


def adjusted_document(answers: Iterable[Adjusted]) -> Document:
    """What adjustments came to."""
    return {
        "lines": [
            {
                "adjustment_id": answer.adjustment_id,
                "variant_id": answer.item.variant_id,
                "location": answer.item.location,
                "delta": answer.delta,
                **_numbers(answer.item),
            }
            for answer in answers
        ]
    }


def lease_document(lease: Lease, lines: Iterable[LeaseLine], *, with_token: bool = False) -> Document:
    """A lease and what it promises."""
    shown = {
        "lease_id": lease.lease_id,
        "state": lease.state,
        "expires_at": lease.expires_at,
        "lines": [
            {
                "variant_id": line.stock_item.variant_id,
                "location": line.stock_item.location.code,
                "units": line.units,
            }
            for line in lines
        ],
    }
    return shown | ({"token": lease.token} if with_token else {})


def movement_document(line: Movement) -> Document:
    """One line of the ledger."""
    item = line.stock_item
    return {
        "variant_id": item.variant_id,
        "location": item.location.code,
        **{name: getattr(line, name) for name in LEDGER},
    }


def location_document(location: Location) -> Document:
    """Where goods lie."""
    return {name: getattr(location, name) for name in ("code", "name", "rank", "active", "revision")}


def low_stock_document(alert: LowStockAlert) -> Document:
    """A variant below its minimum."""
    return {
        "alert_id": alert.alert_id,
        "variant_id": alert.variant_id,
        "sku": alert.variant.sku,
        "location": alert.location.code if alert.location else None,
        "available": alert.available,
        "minimum": alert.minimum,
        "opened_at": alert.opened_at,
    }


def rule_document(rule: LowStockRule) -> Document:
    """A minimum that is watched."""
    return {
        "id": rule.pk,
        "variant_id": rule.variant_id,
        "location": rule.location.code if rule.location else None,
        "minimum": rule.minimum,
        "revision": rule.revision,
    }


def _variant(variant: Variant, items: Sequence[StockItem]) -> Document:
    return {
        "variant_id": variant.variant_id,
        "sku": variant.sku,
        **{name: sum(getattr(item, name) for item in items) for name in NUMBERS},
        "locations": [_at_location(item) for item in items],
    }


def _at_location(item: StockItem) -> Document:
    return {"location": item.location.code, **_numbers(item)}


def _numbers(item: Any) -> Document:
    return {name: getattr(item, name) for name in NUMBERS}
