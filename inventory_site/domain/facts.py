"""What inventory tells the others, in the past tense."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from inventory_site.domain.in_hand import ItemInHand, VariantInHand
from inventory_site.domain.models import Hold, Lease, LowStockAlert
from shared_contracts.events.inventory.v1 import (
    InventoryAdjusted,
    InventoryReleased,
    InventoryReservationRejected,
    InventoryReserved,
    InventoryUpdated,
    LocationStock,
    RejectedLine,
    ReleasedLine,
    ReservedLine,
)
from shared_contracts.events.inventory.v1 import LowStockAlert as LowStockAlertEvent
from site_kit.messaging.emit import emit, emit_latest, emit_many


class Units(NamedTuple):
    """Units of an order line (None in a lease) at a stock item."""

    line_id: UUID | None
    item: ItemInHand
    units: int


def hold_made(hold: Hold, lines: Sequence[Units], *, at: datetime) -> None:
    """An order's stock is promised."""
    emit(
        InventoryReserved(
            reservation_id=hold.order_id,
            kind="hold",
            order_id=hold.order_id,
            lease_id=hold.lease_id,
            lines=tuple([_reserved(line) for line in lines]),
            reserved_at=at,
        )
    )


def hold_refused(order_id: UUID, reason: str, lines: Sequence[RejectedLine], *, at: datetime) -> None:
    """An order cannot be promised; nothing is held for it."""
    emit(
        InventoryReservationRejected(
            reservation_id=order_id, order_id=order_id, reason=reason, lines=tuple(lines), rejected_at=at
        )
    )


def hold_released(
    order_id: UUID, reason: str, lines: Sequence[Units], *, final: bool, at: datetime, why: str = ""
) -> None:
    """Units of an order are promised no more; `final` when none are left."""
    emit(
        InventoryReleased(
            reservation_id=order_id,
            kind="hold",
            order_id=order_id,
            reason=reason,
            lines=tuple([_released(line) for line in lines]),
            final=final,
            released_at=at,
        ),
        why=why,
    )


def lease_made(lease: Lease, lines: Sequence[Units], *, at: datetime) -> None:
    """Stock is promised to a client for a while."""
    emit(
        InventoryReserved(
            reservation_id=lease.lease_id,
            kind="lease",
            lease_id=lease.lease_id,
            lines=tuple([_reserved(line) for line in lines]),
            expires_at=lease.expires_at,
            reserved_at=at,
        )
    )


def lease_released(
    lease: Lease, reason: str, lines: Sequence[Units], *, final: bool, at: datetime, why: str = ""
) -> None:
    """Units of a lease are promised no more; when an order took it over, `lines` is what it left."""
    emit(
        InventoryReleased(
            reservation_id=lease.lease_id,
            kind="lease",
            order_id=lease.order_id,
            lease_id=lease.lease_id,
            reason=reason,
            lines=tuple([_released(line) for line in lines]),
            final=final,
            released_at=at,
        ),
        why=why,
    )


def stock_adjusted(
    variant: VariantInHand,
    item: ItemInHand,
    *,
    adjustment_id: UUID,
    delta: int,
    on_hand: int,
    reason: str,
    note: str,
    reference: str,
    at: datetime,
) -> None:
    """Somebody counted, received or wrote off."""
    emit(
        InventoryAdjusted(
            variant_id=item.variant_id,
            adjustment_id=adjustment_id,
            sku=variant.sku,
            location_code=item.location,
            delta=delta,
            on_hand=on_hand,
            reason=reason,
            note=note,
            reference=reference,
            adjusted_at=at,
        ),
        why=note,
    )


def alerts_changed(alerts: Sequence[LowStockAlert], *, state: str, at: datetime) -> None:
    """Variants fell below their minimum, or rose to it again."""
    emit_many(
        [
            LowStockAlertEvent(
                variant_id=alert.variant_id,
                alert_id=alert.alert_id,
                sku=alert.variant.sku,
                location_code=alert.location.code if alert.location else "",
                available=alert.available,
                threshold=alert.minimum,
                state=state,
                changed_at=at,
            )
            for alert in alerts
        ]
    )


def stock_changed(variant: VariantInHand, items: Sequence[ItemInHand], *, cause: str, at: datetime) -> None:
    """The numbers of a variant are new; `items` are all its stock items. Told once per transaction, at its end."""
    emit_latest(
        InventoryUpdated(
            variant_id=variant.variant_id,
            product_id=variant.product_id,
            sku=variant.sku,
            on_hand=sum([item.on_hand for item in items]),
            reserved=sum([item.reserved for item in items]),
            allocated=sum([item.allocated for item in items]),
            dispatched=sum([item.dispatched for item in items]),
            available=sum([item.available for item in items]),
            locations=tuple([_at_location(item) for item in items]),
            cause=cause,
            changed_at=at,
        )
    )


def _at_location(item: ItemInHand) -> LocationStock:
    return LocationStock(
        location_code=item.location,
        on_hand=item.on_hand,
        reserved=item.reserved,
        allocated=item.allocated,
        dispatched=item.dispatched,
        available=item.available,
    )


def _reserved(line: Units) -> ReservedLine:
    item = line.item
    return ReservedLine(line_id=line.line_id, variant_id=item.variant_id, units=line.units, location_code=item.location)


def _released(line: Units) -> ReleasedLine:
    item = line.item
    return ReleasedLine(line_id=line.line_id, variant_id=item.variant_id, units=line.units, location_code=item.location)
