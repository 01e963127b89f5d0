"""Whatever happens in whatever order: the numbers are the ledger's, and the promises those of open holds and leases."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from inventory_site.domain.errors import InventoryError
from inventory_site.domain.models import Lease, StockItem
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from inventory_site.domain.operations.allocate_holds import allocate_holds
from inventory_site.domain.operations.book_returns import Inspected, Return, book_returns
from inventory_site.domain.operations.deduct_stock import deduct_stock
from inventory_site.domain.operations.dispatch_stock import Shipment, dispatch_stock
from inventory_site.domain.operations.hold_stock import OrderLine, Promise, hold_stock
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.release_hold import release_hold
from inventory_site.domain.operations.release_holds import release_holds
from inventory_site.domain.operations.release_lease import release_lease
from inventory_site.domain.operations.release_order_lines import LinesCancelled, release_order_lines
from inventory_site.domain.operations.set_minimums import add_minimum
from inventory_site.domain.operations.settle_shortfall import settle_shortfall
from inventory_site.domain.operations.sweep_leases import sweep_leases
from inventory_site.domain.planning import Wanted
from inventory_site.domain.proof import disproofs
from inventory_site.domain.shipping import MovedUnits
from inventory_site.tests.factories import line, numbers, promise, stocked

pytestmark = pytest.mark.django_db

PLACES = ("BER", "MUC")
UNITS = st.integers(1, 4)
WHICH = st.integers(0, 999)
PLACE = st.sampled_from([None, *PLACES, "NOWHERE"])
SLOW = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


class Shelves(RuleBasedStateMachine):
    """Two variants at two locations, and everything that can happen to them; refusals are answers, too."""

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.variants = [stocked(dict.fromkeys(PLACES, 4)), stocked(dict.fromkeys(PLACES, 2))]
        add_minimum(variant_id=self.variants[0], minimum=3)
        self.orders: list[Promise] = []
        self.tokens: list[str] = []

    def teardown(self) -> None:
        """Let deferred constraints speak, then take everything back."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @invariant()
    def everything_adds_up(self) -> None:
        """The proof holds after every step."""
        assert disproofs() == []

    @rule(which=WHICH, place=st.sampled_from(PLACES), delta=st.integers(-4, 6))
    def goods_come_and_go(self, which: int, place: str, delta: int) -> None:
        self._adjust(Adjustment(variant_id=self._variant(which), location=place, delta=delta, reason="correction"))

    @rule(which=WHICH, place=st.sampled_from(PLACES), counted=st.integers(0, 6))
    def goods_are_counted(self, which: int, place: str, counted: int) -> None:
        self._adjust(Adjustment(variant_id=self._variant(which), location=place, counted=counted, reason="counted"))

    @rule(wanted=st.lists(st.tuples(WHICH, UNITS), min_size=1, max_size=3), lease=st.none() | WHICH)
    def an_order_comes(self, wanted: list[tuple[int, int]], lease: int | None) -> None:
        token = self.tokens[lease % len(self.tokens)] if lease is not None and self.tokens else None
        lines = [line(self._variant(which), units) for which, units in wanted]
        self.orders.append(promise(*lines, lease_token=token))
        hold_stock(promises=[self.orders[-1]])

    @rule(wanted=st.lists(st.tuples(WHICH, UNITS), min_size=1, max_size=2))
    def a_lease_is_made(self, wanted: list[tuple[int, int]]) -> None:
        lines = [Wanted(self._variant(which), units) for which, units in wanted]
        with suppress(InventoryError):
            self.tokens.append(lease_stock(lines=lines, ttl_s=600, client="shop").token)

    @precondition(lambda self: self.tokens)
    @rule(which=WHICH)
    def a_lease_is_released(self, which: int) -> None:
        with suppress(InventoryError):
            release_lease(token=self.tokens[which % len(self.tokens)], reason="client")

    @precondition(lambda self: self.tokens)
    @rule(which=WHICH, swept=st.booleans())
    def a_lease_runs_out(self, which: int, swept: bool) -> None:
        hour = timedelta(hours=1)
        mine = Lease.objects.filter(token=self.tokens[which % len(self.tokens)])
        mine.update(created_at=F("created_at") - hour, expires_at=F("expires_at") - hour)
        if swept:
            sweep_leases()

    @precondition(lambda self: self.orders)
    @rule(which=WHICH)
    def an_order_is_paid(self, which: int) -> None:
        allocate_holds(order_ids=[self._order(which).order_id])

    @precondition(lambda self: self.orders)
    @rule(which=WHICH, units=UNITS)
    def lines_are_cancelled(self, which: int, units: int) -> None:
        order = self._order(which)
        cut = tuple(ordered._replace(units=units) for ordered in order.lines[:1])
        release_order_lines(cancellations=[LinesCancelled(order.order_id, cut)])

    @precondition(lambda self: self.orders)
    @rule(which=WHICH)
    def an_order_is_cancelled(self, which: int) -> None:
        release_holds(order_ids=[self._order(which).order_id])

    @precondition(lambda self: self.orders)
    @rule(which=WHICH)
    def an_order_is_completed(self, which: int) -> None:
        deduct_stock(order_ids=[self._order(which).order_id])

    @rule(which=WHICH, units=UNITS, place=PLACE, known=st.booleans())
    def goods_are_sent(self, which: int, units: int, place: str | None, known: bool) -> None:
        order = self._order(which) if known and self.orders else promise(line(self._variant(which), 2))
        self.orders.append(order)
        dispatch_stock(shipments=[Shipment(uuid4(), order.order_id, (_moved(order, which, units, place),))])

    @precondition(lambda self: self.orders)
    @rule(which=WHICH, units=UNITS, place=PLACE, fit=st.sampled_from(["restock", "scrap", "lost"]))
    def goods_come_back(self, which: int, units: int, place: str | None, fit: str) -> None:
        order = self._order(which)
        book_returns(returns=[Return(uuid4(), order.order_id, (Inspected(_moved(order, which, units, place), fit),))])

    @precondition(lambda self: self.orders)
    @rule(which=WHICH)
    def staff_release_an_order(self, which: int) -> None:
        with suppress(InventoryError):
            release_hold(order_id=self._order(which).order_id, why="because")

    @rule(which=WHICH)
    def staff_settle_a_shortfall(self, which: int) -> None:
        items = StockItem.objects.order_by("pk")
        with suppress(InventoryError):
            settle_shortfall(stock_item_id=items[which % len(items)].pk, why="because")

    def _adjust(self, adjustment: Adjustment) -> None:
        with suppress(InventoryError):
            adjust_stock(adjustments=[adjustment])

    def _variant(self, which: int) -> UUID:
        return self.variants[which % len(self.variants)]

    def _order(self, which: int) -> Promise:
        return self.orders[which % len(self.orders)]


def _moved(order: Promise, which: int, units: int, place: str | None) -> MovedUnits:
    ordered = order.lines[which % len(order.lines)]
    return MovedUnits(ordered.line_id, ordered.variant_id, units, place)


def test_the_proof_holds_whatever_happens() -> None:
    run_state_machine_as_test(Shelves, settings=SLOW)


def ended(mug: UUID, story: Sequence[Any]) -> tuple[int, ...]:
    """The numbers after these facts, which are then taken back."""
    with transaction.atomic():
        for fact in story:
            fact()
        result = numbers(mug)
        assert disproofs() == []
        transaction.set_rollback(True)
    return result


@SLOW
@given(
    data=st.data(), ordered=st.integers(2, 5), paid=st.booleans(), ending=st.sampled_from(["", "cancel", "complete"])
)
def test_facts_of_one_order_come_to_the_same_in_every_order_of_arrival(
    data: st.DataObject, ordered: int, paid: bool, ending: str
) -> None:
    with transaction.atomic():
        mug = stocked(20)
        order = promise(line(mug, ordered))
        cut = data.draw(st.integers(0, ordered), "cut")
        sent = data.draw(st.integers(0, ordered - cut), "sent")
        back = data.draw(st.integers(0, sent), "back")
        ours = _facts_of_orders(order, paid, cut, ending)
        theirs = _facts_of_delivery(order, sent, back)
        expected = ended(mug, [*ours, *theirs])

        places = data.draw(st.permutations([0] * len(ours) + [1] * len(theirs)), "arrival")
        streams = [iter(ours), iter(data.draw(st.permutations(theirs), "shipments and returns"))]
        assert ended(mug, [next(streams[stream]) for stream in places]) == expected
        transaction.set_rollback(True)


def _facts_of_orders(order: Promise, paid: bool, cut: int, ending: str) -> list[Any]:
    """Facts of one stream, which keep their order."""
    order_id, [ordered] = order.order_id, order.lines
    lines = (OrderLine(ordered.line_id, ordered.variant_id, cut),)
    facts: list[Any] = [lambda: hold_stock(promises=[order])]
    if paid:
        facts.append(lambda: allocate_holds(order_ids=[order_id]))
    if cut:
        facts.append(lambda: release_order_lines(cancellations=[LinesCancelled(order_id, lines)]))
    if ending == "cancel":
        facts.append(lambda: release_holds(order_ids=[order_id]))
    if ending == "complete":
        facts.append(lambda: deduct_stock(order_ids=[order_id]))
    return facts


def _facts_of_delivery(order: Promise, sent: int, back: int) -> list[Any]:
    """Facts of streams of their own, one parcel per unit."""
    order_id, [ordered] = order.order_id, order.lines
    one = MovedUnits(ordered.line_id, ordered.variant_id, 1)
    fits = ("restock", "scrap", "lost")
    shipments = [Shipment(uuid4(), order_id, (one,)) for _ in range(sent)]
    returns = [Return(uuid4(), order_id, (Inspected(one, fits[number % 3]),)) for number in range(back)]
    return [
        *(lambda it=shipment: dispatch_stock(shipments=[it]) for shipment in shipments),
        *(lambda it=return_: book_returns(returns=[it]) for return_ in returns),
    ]
