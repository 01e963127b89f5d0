"""Low-stock alerts open and close with the numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from inventory_site.domain import facts
from inventory_site.domain.in_hand import ItemInHand
from inventory_site.domain.models import LowStockAlert, LowStockRule
from site_kit.messaging.database import fast_cursor

StockOf = Mapping[UUID, Sequence[ItemInHand]]

WATCHED = "SELECT id FROM inventory_lowstockrule WHERE variant_id = ANY(%b::uuid[])"


def follow_minimums(stock: StockOf, now: datetime) -> None:
    """Open and close the alerts of variants whose numbers changed. Under the variants' locks.

    Emits LowStockAlert for each alert that opened or closed.
    """
    with fast_cursor() as cursor:
        watched = [id_ for (id_,) in cursor.execute(WATCHED, [list(stock)])]
    if watched:
        rules = LowStockRule.objects.filter(pk__in=watched).select_related("variant", "location")
        judge_rules(list(rules), stock, now)


def judge_rules(rules: Sequence[LowStockRule], stock: StockOf, now: datetime) -> int:
    """Open and close the alerts of these rules; `stock` holds every stock item of their variants.

    Returns how many alerts changed. Emits LowStockAlert for each.
    """
    open_ones = {alert.rule_id: alert for alert in LowStockAlert.objects.filter(rule__in=rules, closed_at=None)}
    opened, closed = [], []
    for rule in rules:
        alert, available = open_ones.get(rule.pk), available_for(rule, stock.get(rule.variant_id, ()))
        if available < rule.minimum and alert is None:
            opened.append(_alert(rule, available, now))
        elif available >= rule.minimum and alert is not None:
            closed.append(_closed(alert, rule, available, now))
    LowStockAlert.objects.bulk_create(opened)
    LowStockAlert.objects.bulk_update(closed, ["minimum", "available", "closed_at"])
    facts.alerts_changed(opened, state="opened", at=now)
    facts.alerts_changed(closed, state="closed", at=now)
    return len(opened) + len(closed)


def available_for(rule: LowStockRule, items: Iterable[ItemInHand]) -> int:
    """What the rule looks at: the units available at its location, or at all together."""
    place = rule.location.code if rule.location else None
    return sum([item.available for item in items if place in {None, item.location}])


def _alert(rule: LowStockRule, available: int, now: datetime) -> LowStockAlert:
    return LowStockAlert(
        rule=rule,
        variant=rule.variant,
        location=rule.location,
        minimum=rule.minimum,
        available=available,
        opened_at=now,
    )


def _closed(alert: LowStockAlert, rule: LowStockRule, available: int, now: datetime) -> LowStockAlert:
    alert.variant, alert.location = rule.variant, rule.location
    alert.minimum, alert.available = rule.minimum, available
    alert.closed_at = now
    return alert
