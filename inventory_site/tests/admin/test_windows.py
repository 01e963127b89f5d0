"""The windows of the back office, as staff use them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.urls import reverse

from inventory_site.domain.models import (
    Hold,
    Lease,
    Location,
    LowStockAlert,
    LowStockRule,
    Movement,
    Shortfall,
    StockItem,
    Variant,
)
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.set_minimums import add_minimum
from inventory_site.domain.planning import Wanted
from inventory_site.tests.factories import line, location, lose, numbers, promise, receive, stocked, variant

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db

WINDOWS = [Hold, Lease, Location, LowStockAlert, LowStockRule, Movement, Shortfall, StockItem, Variant]


def page_of(row: Model) -> str:
    return reverse(f"admin:inventory_{row._meta.model_name}_change", args=[row.pk])


def list_of(model: type[Model]) -> str:
    return reverse(f"admin:inventory_{model._meta.model_name}_changelist")


def act(browser: Any, action: str, *rows: Model, why: str = "") -> str:
    """Choose rows of a list, an action and a reason; returns the page that comes back."""
    data = {"action": action, "why": why, ACTION_CHECKBOX_NAME: [str(row.pk) for row in rows]}
    answer = browser.post(list_of(type(rows[0])), data, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def busy() -> UUID:
    """A variant about which there is something in every window."""
    mug = stocked(9, sku="MUG")
    lease_stock(lines=[Wanted(mug, 1)], ttl_s=60, client="client:shop")
    hold_stock(promises=[promise(line(mug, 4)), promise(line(mug, 3))])
    add_minimum(variant_id=mug, minimum=5)
    lose(mug, 4)
    return mug


@pytest.mark.parametrize("model", WINDOWS)
def test_every_list_and_page_opens_for_keepers_and_auditors(
    model: type[Model], busy: UUID, keeper: Any, auditor: Any
) -> None:
    row = model._default_manager.first()
    assert row is not None

    for browser in (keeper, auditor):
        assert browser.get(list_of(model)).status_code == 200
        assert browser.get(page_of(row)).status_code == 200


def test_the_start_page_counts_what_matters(busy: UUID, keeper: Any) -> None:
    page = keeper.get(reverse("admin:index"))

    cards = {card.label: (card.number, card.tone) for card in page.context["cards"]}
    assert cards["Below minimum"] == (1, "warn")
    assert cards["Open shortfalls"] == (1, "bad")
    assert cards["Leases about to expire"] == (1, "calm")
    assert cards["Holds left unpaid"] == (0, "good")
    for card in page.context["cards"]:
        if "/inventory/" in card.link:
            assert keeper.get(card.link).status_code == 200


def adjustment(**typed: Any) -> dict[str, Any]:
    return {"delta": "", "counted": "", "reason": "counted", "note": "", "reference": "", "seen_on_hand": "", **typed}


def test_a_number_is_adjusted_on_its_page_with_a_reason(keeper: Any, news: News) -> None:
    mug = stocked(5)
    news()

    answer = keeper.post(
        page_of(StockItem.objects.get()), adjustment(delta="-2", reason="damaged", note="fell", reference="S-1")
    )

    assert answer.status_code == 302
    assert numbers(mug) == (3, 0, 0, 0, 3)
    movement = Movement.objects.order_by("-id")[0]
    assert (movement.kind, movement.reason, movement.note, movement.reference) == ("adjusted", "damaged", "fell", "S-1")
    assert movement.actor.startswith("staff:")
    assert [type(event).__name__ for event in news()] == ["InventoryAdjusted", "InventoryUpdated"]


def test_a_count_goes_with_the_number_that_was_shown(keeper: Any) -> None:
    mug = stocked(5)
    page = page_of(StockItem.objects.get())
    receive(mug, 1)

    late = keeper.post(page, adjustment(counted="4", seen_on_hand="5"))
    fresh = keeper.post(page, adjustment(counted="4", seen_on_hand="6"))

    assert "6 are on hand at BER now, not 5: count again." in late.content.decode()
    assert (late.status_code, fresh.status_code) == (200, 302)
    assert numbers(mug) == (4, 0, 0, 0, 4)


def test_the_page_explains_its_numbers(busy: UUID, keeper: Any) -> None:
    page = keeper.get(page_of(StockItem.objects.get())).content.decode()

    assert "on hand −4" in page
    assert "reserved +3" in page
    assert str(Hold.objects.all()[0].order_id) in page


@pytest.mark.parametrize("typed", [{}, {"delta": "1", "counted": "1"}, {"delta": "-9"}, {"delta": "1", "reason": ""}])
def test_nonsense_comes_back_with_what_was_typed(keeper: Any, typed: dict[str, str]) -> None:
    mug = stocked(5)

    answer = keeper.post(page_of(StockItem.objects.get()), adjustment(**typed))

    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert numbers(mug) == (5, 0, 0, 0, 5)


def test_goods_of_a_new_variant_are_received_where_they_lie(keeper: Any) -> None:
    mug, place = variant(), location("BER")

    answer = keeper.post(
        reverse("admin:inventory_stockitem_add"),
        adjustment(variant=str(mug), location=place.pk, delta="7", reason="received"),
    )

    assert answer.status_code == 302
    assert numbers(mug) == (7, 0, 0, 0, 7)


def test_an_auditor_changes_nothing(busy: UUID, auditor: Any) -> None:
    item = StockItem.objects.get()
    before = numbers(busy)

    page = auditor.get(page_of(item)).content.decode()
    auditor.post(page_of(item), adjustment(delta="1", reason="found"))
    auditor.post(list_of(Hold), {"action": "release", ACTION_CHECKBOX_NAME: [str(Hold.objects.all()[0].pk)]})

    assert 'name="delta"' not in page
    assert numbers(busy) == before


def test_a_lease_is_released_by_staff(busy: UUID, keeper: Any) -> None:
    lease = Lease.objects.get()

    first = act(keeper, "release", lease, why="test cart")
    second = act(keeper, "release", lease)

    assert "1 released." in first
    assert "The lease is over: released." in second
    assert numbers(busy) == (5, 7, 0, 0, -2)


def test_a_token_is_shown_to_nobody_and_found_by_who_has_it(busy: UUID, keeper: Any) -> None:
    lease = Lease.objects.get()

    found = keeper.get(list_of(Lease), {"q": lease.token})

    assert list(found.context["cl"].result_list) == [lease]
    assert lease.token not in keeper.get(list_of(Lease)).content.decode()
    assert lease.token not in keeper.get(page_of(lease)).content.decode()


def test_a_hold_is_released_with_a_reason_only(busy: UUID, keeper: Any) -> None:
    hold = Hold.objects.all()[0]

    silent = act(keeper, "release", hold)
    told = act(keeper, "release", hold, why="customer called")

    assert "Say why." in silent
    assert "1 released." in told
    hold.refresh_from_db()
    assert hold.state == "released"


def test_a_shortfall_is_settled_from_the_desk(busy: UUID, keeper: Any) -> None:
    shortfall = Shortfall.objects.get()
    page = keeper.get(page_of(shortfall)).content.decode()
    newest = Hold.objects.order_by("-created_at")[0]
    assert str(newest.order_id) in page

    answer = keeper.post(page_of(shortfall), {"orders": [str(newest.order_id)], "why": "damp cellar"})

    assert answer.status_code == 302
    assert numbers(busy) == (5, 5, 0, 0, 0)
    shortfall.refresh_from_db()
    assert shortfall.closed_at is not None


def test_shortfalls_are_settled_from_the_list(busy: UUID, keeper: Any) -> None:
    assert "3 units given back." in act(keeper, "settle", Shortfall.objects.get(), why="damp cellar")
    assert "Nothing is missing there" in act(keeper, "settle", Shortfall.objects.get(), why="again")


def test_locations_and_minimums_are_arranged(keeper: Any) -> None:
    keeper.post(reverse("admin:inventory_location_add"), {"code": "BER", "name": "Berlin", "rank": "1"})
    place = Location.objects.get()
    keeper.post(page_of(place), {"name": "Berlin north", "rank": "2"})
    mug = variant()
    keeper.post(
        reverse("admin:inventory_lowstockrule_add"), {"variant": str(mug), "location": place.pk, "minimum": "3"}
    )
    rule = LowStockRule.objects.get()
    keeper.post(page_of(rule), {"minimum": "4"})
    keeper.post(reverse("admin:inventory_lowstockrule_delete", args=[rule.pk]), {"post": "yes"})

    place.refresh_from_db()
    assert (place.name, place.rank, place.active) == ("Berlin north", 2, False)
    alert = LowStockAlert.objects.get()
    assert (alert.minimum, alert.rule, alert.closed_at is None) == (3, None, False)


def test_a_rule_twice_is_refused_on_the_form(keeper: Any) -> None:
    mug = variant()
    add_minimum(variant_id=mug, minimum=1)

    answer = keeper.post(reverse("admin:inventory_lowstockrule_add"), {"variant": str(mug), "minimum": "3"})

    assert "There is a rule for this variant and location already." in answer.content.decode()


@pytest.mark.parametrize(
    ("model", "terms"),
    [
        (StockItem, ["MUG", "{variant}"]),
        (Variant, ["MU", "{variant}"]),
        (Movement, ["MUG", "{order}"]),
        (Hold, ["{order}"]),
        (Lease, ["client:shop"]),
        (LowStockRule, ["MUG"]),
        (LowStockAlert, ["MUG"]),
    ],
)
def test_rows_are_found_by_what_staff_have_in_hand(
    model: type[Model], terms: list[str], busy: UUID, keeper: Any
) -> None:
    known = {"variant": str(busy), "order": str(Hold.objects.all()[0].order_id)}

    for term in terms:
        found = keeper.get(list_of(model), {"q": term.format(**known)})
        assert found.context["cl"].result_list, term
    assert not keeper.get(list_of(model), {"q": str(uuid4())}).context["cl"].result_list
