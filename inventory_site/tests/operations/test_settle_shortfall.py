"""Staff settle a shortfall by giving promises back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from inventory_site.domain.errors import NothingToRelease, ReasonMissing
from inventory_site.domain.models import Hold, Shortfall, StockItem
from inventory_site.domain.operations.allocate_holds import allocate_holds
from inventory_site.domain.operations.hold_stock import Promise, hold_stock
from inventory_site.domain.operations.settle_shortfall import settle_shortfall
from inventory_site.domain.proof import disproofs
from inventory_site.tests.factories import line, lose, numbers, promise, stocked
from shared_contracts.events.inventory.v1 import InventoryReleased

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(db: None) -> UUID:
    return stocked(6)


def orders(mug: UUID, *units: int) -> list[Promise]:
    """Orders held one after the other."""
    made = [promise(line(mug, number)) for number in units]
    for wanted in made:
        hold_stock(promises=[wanted])
    return made


def item(mug: UUID) -> int:
    return StockItem.objects.get(variant=mug).pk


def test_unpaid_promises_go_first_and_the_newest_of_them(mug: UUID, news: News) -> None:
    paid, older, newer = orders(mug, 2, 2, 2)
    allocate_holds(order_ids=[paid.order_id])
    lose(mug, 3)
    news()

    assert settle_shortfall(stock_item_id=item(mug), why="damp cellar") == 3

    released = [event for event in news() if isinstance(event, InventoryReleased)]
    assert [(event.order_id, event.reason, event.final, event.lines[0].units) for event in released] == [
        (newer.order_id, "shortfall", True, 2),
        (older.order_id, "shortfall", False, 1),
    ]
    assert numbers(mug) == (3, 1, 2, 0, 0)
    assert Shortfall.objects.get().closed_at is not None
    assert disproofs() == []


def test_only_the_orders_named_are_touched_and_never_more_than_is_missing(mug: UUID) -> None:
    chosen, other = orders(mug, 3, 3)
    lose(mug, 1)

    assert settle_shortfall(stock_item_id=item(mug), why="broken", order_ids=[chosen.order_id]) == 1

    left = {hold.order_id: sum(row.reserved for row in hold.lines.all()) for hold in Hold.objects.all()}
    assert left == {chosen.order_id: 2, other.order_id: 3}


def test_where_nothing_is_missing_there_is_nothing_to_settle(mug: UUID, news: News) -> None:
    orders(mug, 3)
    news()

    with pytest.raises(NothingToRelease):
        settle_shortfall(stock_item_id=item(mug), why="just so")

    assert news() == []


def test_a_reason_is_needed(mug: UUID) -> None:
    orders(mug, 6)
    lose(mug, 1)

    with pytest.raises(ReasonMissing):
        settle_shortfall(stock_item_id=item(mug), why=" ")

    assert numbers(mug) == (5, 6, 0, 0, -1)
