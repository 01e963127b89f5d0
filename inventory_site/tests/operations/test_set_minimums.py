"""Low-stock rules, and alerts that open and close themselves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from inventory_site.domain.errors import RevisionMoved, RuleExists, UnknownLocation, UnknownRule, UnknownVariant
from inventory_site.domain.models import LowStockAlert, LowStockRule
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.set_minimums import add_minimum, change_minimum, judge_minimums, remove_minimum
from inventory_site.domain.proof import disproofs
from inventory_site.tests.factories import line, promise, receive, stocked, variant
from shared_contracts.events.inventory.v1 import LowStockAlert as LowStockAlertEvent

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alerts_match_the_numbers(db: None) -> Any:
    yield
    assert disproofs() == []


def alerts(events: list[Any]) -> list[tuple[str, int, int, str]]:
    """State, available, threshold and location of the alerts among events."""
    return [
        (event.state, event.available, event.threshold, event.location_code)
        for event in events
        if isinstance(event, LowStockAlertEvent)
    ]


def held(variant_id: UUID, units: int) -> None:
    hold_stock(promises=[promise(line(variant_id, units))])


def test_an_alert_opens_when_less_than_the_minimum_is_available_and_closes_when_it_is_there_again(news: News) -> None:
    mug = stocked(5, sku="MUG")
    add_minimum(variant_id=mug, minimum=4, location="BER")
    assert alerts(news()) == []

    held(mug, 1)
    assert alerts(news()) == []
    held(mug, 1)
    opened = [event for event in news() if isinstance(event, LowStockAlertEvent)]
    held(mug, 1)
    assert alerts(news()) == []
    receive(mug, 2)
    closed = [event for event in news() if isinstance(event, LowStockAlertEvent)]

    row = LowStockAlert.objects.get()
    assert opened == [
        LowStockAlertEvent(
            variant_id=mug,
            alert_id=row.alert_id,
            sku="MUG",
            location_code="BER",
            available=3,
            threshold=4,
            state="opened",
            changed_at=row.opened_at,
        )
    ]
    assert [(event.alert_id, event.state, event.available) for event in closed] == [(row.alert_id, "closed", 4)]
    assert row.closed_at == closed[0].changed_at


def test_a_rule_for_all_locations_looks_at_them_together(news: News) -> None:
    mug = stocked({"BER": 2, "MUC": 3})
    add_minimum(variant_id=mug, minimum=5)
    assert alerts(news()) == []

    held(mug, 1)

    assert alerts(news()) == [("opened", 4, 5, "")]


def test_a_new_rule_alerts_at_once(news: News) -> None:
    mug = stocked(1)
    news()

    add_minimum(variant_id=mug, minimum=2)

    assert alerts(news()) == [("opened", 1, 2, "")]


def test_a_variant_that_was_never_stocked_is_below_its_minimum(news: News) -> None:
    add_minimum(variant_id=variant(), minimum=1)

    assert alerts(news()) == [("opened", 0, 1, "")]


def test_another_minimum_is_judged_at_once(news: News) -> None:
    mug = stocked(3)
    rule = add_minimum(variant_id=mug, minimum=2)
    news()

    change_minimum(rule_id=rule.pk, minimum=4, expected_revision=1)
    change_minimum(rule_id=rule.pk, minimum=4)
    change_minimum(rule_id=rule.pk, minimum=3)

    assert alerts(news()) == [("opened", 3, 4, ""), ("closed", 3, 3, "")]
    rule.refresh_from_db()
    assert (rule.minimum, rule.revision) == (3, 3)


def test_a_removed_rule_closes_its_alert_and_keeps_its_history(news: News) -> None:
    rule = add_minimum(variant_id=stocked(1), minimum=2)
    news()

    remove_minimum(rule_id=rule.pk)

    assert alerts(news()) == [("closed", 1, 2, "")]
    assert not LowStockRule.objects.exists()
    assert LowStockAlert.objects.get().closed_at is not None


def test_refusals_say_which() -> None:
    mug = stocked(1)
    rule = add_minimum(variant_id=mug, minimum=1)

    with pytest.raises(RuleExists):
        add_minimum(variant_id=mug, minimum=2)
    with pytest.raises(UnknownVariant):
        add_minimum(variant_id=uuid4(), minimum=2)
    with pytest.raises(UnknownLocation):
        add_minimum(variant_id=mug, minimum=2, location="MARS")
    with pytest.raises(UnknownRule):
        change_minimum(rule_id=uuid4(), minimum=2)
    with pytest.raises(RevisionMoved):
        remove_minimum(rule_id=rule.pk, expected_revision=7)


def test_the_net_finds_nothing_to_do(news: News) -> None:
    mug = stocked(1)
    add_minimum(variant_id=mug, minimum=2)
    news()

    assert judge_minimums(variant_ids=[mug]) == 0

    assert news() == []


def test_the_net_mends_an_alert_that_was_lost(news: News) -> None:
    mug = stocked(1)
    add_minimum(variant_id=mug, minimum=2)
    LowStockAlert.objects.all().delete()
    news()

    assert judge_minimums(variant_ids=[mug]) == 1

    assert alerts(news()) == [("opened", 1, 2, "")]
