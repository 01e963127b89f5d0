"""However many come at once, the same unit is promised once."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from inventory_site.domain.errors import InsufficientStock
from inventory_site.domain.models import Hold, Lease, LeaseLine, StockItem
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.release_lease import release_lease
from inventory_site.domain.operations.sweep_leases import sweep_leases
from inventory_site.domain.planning import Wanted
from inventory_site.domain.proof import disproofs
from inventory_site.tests.concurrency.crowd import at_once, deadlocks, outcome
from inventory_site.tests.factories import line, location, numbers, promise, stocked, variant


@pytest.fixture(autouse=True)
def _committed(committed_database: str) -> Iterator[None]:
    """Commits are real; afterwards the ledger adds up and nobody was in a deadlock."""
    yield
    assert disproofs() == []
    assert deadlocks() == 0


def test_200_buyers_of_50_units_buy_exactly_50() -> None:
    mug = stocked({"BER": 20, "MUC": 20, "HAM": 10})

    def lease() -> str:
        return outcome(lambda: lease_stock(lines=[Wanted(mug, 1)], ttl_s=900, client="shop"), InsufficientStock)

    def hold() -> str:
        [answer] = hold_stock(promises=[promise(line(mug, 1))])
        return "done" if isinstance(answer, Hold) else type(answer).__name__

    answers = at_once([lease, hold] * 100)

    assert Counter(answers) == {"done": 50, "InsufficientStock": 150}
    assert [numbers(mug, code) for code in ("BER", "MUC", "HAM")] == [
        (20, 20, 0, 0, 0),
        (20, 20, 0, 0, 0),
        (10, 10, 0, 0, 0),
    ]


def test_a_lease_is_ended_once_by_whoever_comes_first() -> None:
    mug = stocked(50)
    leases = [lease_stock(lines=[Wanted(mug, 1)], ttl_s=900, client="shop") for _ in range(20)]
    Lease.objects.update(created_at="2026-01-01T00:00Z", expires_at="2026-01-01T01:00Z")

    def release(lease: Lease) -> str:
        return outcome(lambda: release_lease(token=lease.token, reason="client"), Exception)

    def take_over(lease: Lease) -> object:
        return hold_stock(promises=[promise(line(mug, 1), lease_token=lease.token)])

    endings = [partial(end, lease) for lease in leases for end in (release, take_over)]
    works: list[Callable[[], object]] = [sweep_leases, *endings, sweep_leases]
    at_once(works)

    assert not Lease.objects.filter(state="live").exists()
    assert not LeaseLine.objects.filter(reserved__gt=0).exists()
    assert numbers(mug) == (50, 20, 0, 0, 30)


def test_the_first_goods_at_several_locations_see_each_other() -> None:
    mug = variant()
    codes = [f"L{number}" for number in range(8)]
    for code in codes:
        location(code)

    def receive(code: str) -> None:
        adjust_stock(adjustments=[Adjustment(variant_id=mug, location=code, delta=1, reason="received")])

    at_once([partial(receive, code) for code in codes * 4])

    assert dict(StockItem.objects.values_list("location__code", "on_hand")) == dict.fromkeys(codes, 4)
