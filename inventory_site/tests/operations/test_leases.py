"""Leases: promises with a clock, which is the database's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F

from inventory_site.domain import clock
from inventory_site.domain.errors import (
    InsufficientStock,
    LeaseGone,
    LeaseTooLong,
    Shortage,
    UnknownLease,
    UnknownVariant,
)
from inventory_site.domain.models import Hold, Lease, LeaseLine, LeaseState, Movement
from inventory_site.domain.operations.extend_lease import extend_lease
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.release_lease import release_lease
from inventory_site.domain.operations.sweep_leases import sweep_leases
from inventory_site.domain.planning import Wanted
from inventory_site.domain.proof import disproofs
from inventory_site.tests.factories import line, numbers, promise, stocked
from shared_contracts.events.inventory.v1 import InventoryReleased, InventoryReserved, ReleasedLine, ReservedLine

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_ledger_adds_up(db: None) -> Any:
    """Whatever a test did, the numbers are the ledger's."""
    yield
    assert disproofs() == []


def leased(*wanted: Wanted, ttl_s: int = 900) -> Lease:
    return lease_stock(lines=wanted, ttl_s=ttl_s, client="client:shop")


def overdue(*wanted: Wanted) -> Lease:
    """A lease whose time is over and that nobody swept."""
    lease = leased(*wanted)
    hour = timedelta(hours=1)
    Lease.objects.filter(pk=lease.pk).update(created_at=F("created_at") - hour, expires_at=F("created_at") - hour / 2)
    lease.refresh_from_db()
    return lease


def test_a_lease_reserves_units_until_its_time(news: News) -> None:
    mug = stocked(5)
    before = clock.database_now()
    news()

    lease = leased(Wanted(mug, 2), ttl_s=60)

    assert numbers(mug) == (5, 2, 0, 0, 3)
    assert timedelta(seconds=60) <= lease.expires_at - before < timedelta(seconds=65)
    assert (lease.state, lease.client, len(lease.token)) == ("live", "client:shop", 32)
    reserved, updated = news()
    assert reserved == InventoryReserved(
        reservation_id=lease.lease_id,
        kind="lease",
        lease_id=lease.lease_id,
        lines=(ReservedLine(variant_id=mug, units=2, location_code="BER"),),
        expires_at=lease.expires_at,
        reserved_at=lease.created_at,
    )
    assert (updated.reserved, updated.available, updated.cause) == (2, 3, "lease")


def test_a_shortage_leases_nothing(news: News) -> None:
    plenty, scarce = stocked(5), stocked(1)
    news()

    with pytest.raises(InsufficientStock) as refusal:
        leased(Wanted(plenty, 1), Wanted(scarce, 1), Wanted(scarce, 1))

    assert refusal.value == InsufficientStock([Shortage(scarce, wanted=2, available=1)])
    assert not Lease.objects.exists()
    assert not Movement.objects.filter(kind="leased").exists()
    assert news() == []


def test_an_unknown_variant_cannot_be_leased() -> None:
    stranger = uuid4()

    with pytest.raises(UnknownVariant) as refusal:
        leased(Wanted(stranger, 1))

    assert refusal.value.details == {"variant_ids": [str(stranger)]}


def test_lines_of_one_variant_become_one_promise_per_location() -> None:
    mug = stocked({"BER": 2, "MUC": 5})

    lease = leased(Wanted(mug, 1), Wanted(mug, 3))

    lines = LeaseLine.objects.filter(lease=lease).values_list("stock_item__location__code", "units", "reserved")
    assert list(lines) == [("BER", 2, 2), ("MUC", 2, 2)]


def test_a_released_lease_is_free_again(news: News) -> None:
    mug = stocked(5)
    lease = leased(Wanted(mug, 2))
    news()

    release_lease(token=lease.token, reason="client")

    assert numbers(mug) == (5, 0, 0, 0, 5)
    released, updated = news()
    assert released == InventoryReleased(
        reservation_id=lease.lease_id,
        kind="lease",
        lease_id=lease.lease_id,
        reason="client",
        lines=(ReleasedLine(variant_id=mug, units=2, location_code="BER"),),
        final=True,
        released_at=released.released_at,
    )
    assert updated.cause == "release"


def test_a_lease_is_released_once() -> None:
    lease = leased(Wanted(stocked(5), 2))
    release_lease(token=lease.token, reason="client")

    with pytest.raises(LeaseGone) as refusal:
        release_lease(token=lease.token, reason="client")

    assert refusal.value.details == {"state": "released"}


def test_a_token_nobody_gave_out_opens_nothing() -> None:
    with pytest.raises(UnknownLease):
        release_lease(token="guess", reason="client")


def test_an_extended_lease_ends_later_but_never_earlier() -> None:
    lease = leased(Wanted(stocked(5), 2), ttl_s=600)

    longer = extend_lease(token=lease.token, ttl_s=1200)
    same = extend_lease(token=lease.token, ttl_s=60)

    assert timedelta(seconds=590) < longer.expires_at - lease.expires_at < timedelta(seconds=610)
    assert same.expires_at == longer.expires_at


def test_a_lease_does_not_live_longer_than_a_day() -> None:
    lease = leased(Wanted(stocked(5), 2))

    with pytest.raises(LeaseTooLong):
        extend_lease(token=lease.token, ttl_s=25 * 3600)


def test_a_lease_past_its_time_cannot_be_extended_although_nobody_swept_it() -> None:
    lease = overdue(Wanted(stocked(5), 2))

    with pytest.raises(LeaseGone) as refusal:
        extend_lease(token=lease.token, ttl_s=600)

    assert refusal.value.details == {"state": "expired"}


def test_the_sweep_ends_overdue_leases_and_no_others(news: News) -> None:
    mug = stocked(9)
    over, live = overdue(Wanted(mug, 2)), leased(Wanted(mug, 3))
    news()

    assert (sweep_leases(), sweep_leases()) == (1, 0)

    assert numbers(mug) == (9, 3, 0, 0, 6)
    assert list(Lease.objects.filter(state=LeaseState.LIVE)) == [live]
    released, updated = news()
    assert (released.lease_id, released.reason, released.final) == (over.lease_id, "expired", True)
    assert (updated.available, updated.cause) == (6, "release")


def test_the_sweep_works_through_more_than_one_batch() -> None:
    mug = stocked(9)
    for _ in range(3):
        overdue(Wanted(mug, 1))

    assert sweep_leases(batch=2) == 3

    assert numbers(mug) == (9, 0, 0, 0, 9)


def test_a_buyer_who_needs_overdue_units_takes_them_back(news: News) -> None:
    mug = stocked(3)
    over = overdue(Wanted(mug, 3))
    news()

    [hold] = hold_stock(promises=[promise(line(mug, 2))])

    assert isinstance(hold, Hold)
    assert numbers(mug) == (3, 2, 0, 0, 1)
    released, reserved, updated = news()
    assert (released.lease_id, released.reason, released.final) == (over.lease_id, "expired", False)
    assert [part.units for part in released.lines] == [3]
    assert isinstance(reserved, InventoryReserved)
    assert updated.available == 1


def test_a_lease_taken_back_in_part_is_ended_by_the_sweep(news: News) -> None:
    mug, jug = stocked(3), stocked(3)
    overdue(Wanted(mug, 3), Wanted(jug, 3))
    hold_stock(promises=[promise(line(mug, 2))])
    assert numbers(jug) == (3, 3, 0, 0, 0)
    news()

    assert sweep_leases() == 1

    assert numbers(jug) == (3, 0, 0, 0, 3)
    released = news()[0]
    assert ([part.variant_id for part in released.lines], released.final) == ([jug], True)


def test_a_live_lease_is_not_taken_back() -> None:
    mug = stocked(3)
    leased(Wanted(mug, 3))

    [answer] = hold_stock(promises=[promise(line(mug, 1))])

    assert answer == InsufficientStock([Shortage(mug, wanted=1, available=0)])


def test_an_order_may_still_take_over_its_overdue_lease() -> None:
    mug = stocked(3)
    over = overdue(Wanted(mug, 3))

    [hold] = hold_stock(promises=[promise(line(mug, 3), lease_token=over.token)])

    assert isinstance(hold, Hold)
    assert numbers(mug) == (3, 3, 0, 0, 0)
    over.refresh_from_db()
    assert over.state == "taken_over"
