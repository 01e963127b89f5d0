"""Shortfalls open, change and close with the numbers."""

from collections.abc import Sequence
from datetime import datetime

from inventory_site.domain.in_hand import ItemInHand
from inventory_site.domain.models import Shortfall


def follow_shortfalls(items: Sequence[ItemInHand], now: datetime) -> None:
    """Bring the shortfalls of stock items whose shortage changed up to date. Under their variants' locks."""
    if not items:
        return
    open_ones = {
        row.stock_item_id: row
        for row in Shortfall.objects.filter(stock_item__in=[item.id for item in items], closed_at=None)
    }
    opened = [
        Shortfall(stock_item_id=item.id, units=item.short, opened_at=now)
        for item in items
        if item.short and item.id not in open_ones
    ]
    Shortfall.objects.bulk_create(opened)
    changed = [_follow(open_ones[item.id], item.short, now) for item in items if item.id in open_ones]
    Shortfall.objects.bulk_update(changed, ["units", "closed_at"])


def _follow(shortfall: Shortfall, short: int, now: datetime) -> Shortfall:
    if short:
        shortfall.units = short
    else:
        shortfall.closed_at = now
    return shortfall
