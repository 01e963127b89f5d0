"""Low-stock rules are made, changed and removed; their alerts follow at once."""

from uuid import UUID

from django.db import transaction

from inventory_site.domain import clock, facts
from inventory_site.domain.errors import RevisionMoved, RuleExists, UnknownLocation, UnknownRule, UnknownVariant
from inventory_site.domain.minimums import judge_rules
from inventory_site.domain.models import Location, LowStockAlert, LowStockRule, Variant
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.emit import collected, log_staff_change
from site_kit.messaging.locks import take_locks


@transaction.atomic
@collected()
def add_minimum(*, variant_id: UUID, minimum: int, location: str | None = None) -> LowStockRule:
    """Watch a variant at a location (its code), or at all of them together (None).

    An alert opens when fewer than `minimum` units are available, and closes when there are as many again.
    Raises UnknownVariant, UnknownLocation, RuleExists. Emits LowStockAlert if it is below right now.
    """
    shelf = _lock(variant_id)
    place = _location(location)
    if LowStockRule.objects.filter(variant=variant_id, location=place).exists():
        raise RuleExists("There is a rule for this variant and location already.")
    rule = LowStockRule.objects.create(variant_id=variant_id, location=place, minimum=minimum)
    judge_rules([rule], shelf.items, shelf.now)
    log_staff_change("low_stock_rule", rule.pk, change={"added": _described(rule)})
    return rule


@transaction.atomic
@collected()
def change_minimum(*, rule_id: UUID, minimum: int, expected_revision: int | None = None) -> LowStockRule:
    """Set another minimum. Safe to repeat. Raises UnknownRule, RevisionMoved. Emits LowStockAlert as it follows."""
    rule, shelf = _lock_rule(rule_id, expected_revision)
    if rule.minimum != minimum:
        rule.minimum = minimum
        rule.revision += 1
        rule.save(update_fields=["minimum", "revision"])
        judge_rules([rule], shelf.items, shelf.now)
        log_staff_change("low_stock_rule", rule.pk, change={"changed": _described(rule)})
    return rule


@transaction.atomic
@collected()
def remove_minimum(*, rule_id: UUID, expected_revision: int | None = None) -> None:
    """Stop watching; an open alert closes. Raises UnknownRule, RevisionMoved. Emits LowStockAlert (closed)."""
    rule, shelf = _lock_rule(rule_id, expected_revision)
    for alert in LowStockAlert.objects.filter(rule=rule, closed_at=None).select_related("variant", "location"):
        alert.closed_at = shelf.now
        alert.save(update_fields=["closed_at"])
        facts.alerts_changed([alert], state="closed", at=shelf.now)
    log_staff_change("low_stock_rule", rule.pk, change={"removed": _described(rule)})
    rule.delete()


@transaction.atomic
@collected()
def judge_minimums(*, variant_ids: list[UUID]) -> int:
    """Bring the alerts of these variants up to date; returns how many changed.

    They follow every movement by themselves; this is the net under them. Safe to repeat. Emits LowStockAlert.
    """
    take_locks({Variant: variant_ids})
    shelf = Shelf.of(variant_ids)
    rules = LowStockRule.objects.filter(variant__in=shelf.variants).select_related("variant", "location")
    return judge_rules(list(rules), shelf.items, clock.now())


def _lock(variant_id: UUID) -> Shelf:
    take_locks({Variant: [variant_id]})
    shelf = Shelf.of([variant_id])
    if variant_id not in shelf.variants:
        raise UnknownVariant([variant_id])
    return shelf


def _lock_rule(rule_id: UUID, expected_revision: int | None) -> tuple[LowStockRule, Shelf]:
    """The variant's lock is the rule's too: a rule is judged and changed under the same one."""
    variant_id = LowStockRule.objects.filter(pk=rule_id).values_list("variant_id", flat=True).first()
    if variant_id is None:
        raise UnknownRule("There is no such rule.")
    shelf = _lock(variant_id)
    rule = LowStockRule.objects.select_related("variant", "location").filter(pk=rule_id).first()
    if rule is None:
        raise UnknownRule("There is no such rule.")
    if expected_revision is not None and expected_revision != rule.revision:
        raise RevisionMoved("The rule was changed in the meantime.", revision=rule.revision)
    return rule, shelf


def _location(code: str | None) -> Location | None:
    if code is None:
        return None
    location = Location.objects.filter(code=code).first()
    if location is None:
        raise UnknownLocation([code])
    return location


def _described(rule: LowStockRule) -> dict[str, object]:
    place = rule.location.code if rule.location else None
    return {"variant_id": str(rule.variant_id), "location": place, "minimum": rule.minimum}
