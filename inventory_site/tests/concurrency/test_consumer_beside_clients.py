"""The consumer and HTTP clients work on the same variants at the same time."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from inventory_site.domain.models import Hold, HoldLine
from inventory_site.domain.operations.sweep_leases import sweep_leases
from inventory_site.domain.proof import disproofs
from inventory_site.tests.concurrency.crowd import at_once, deadlocks
from inventory_site.tests.factories import PLACED_AT, line, order_created, order_paid, stocked
from shared_contracts.events.delivery.v1 import ShipmentDispatched, ShippedLine
from shared_contracts.events.orders.v1 import OrderCancelled, OrderCreated
from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox.receive import Inbox
from site_kit.messaging.models import StalledKey
from site_kit.messaging.testing import record_for
from site_kit.testing.api_client import Api, platform_key

VARIANTS, ORDERS, REQUESTS, CLIENTS = 12, 120, 25, 6
SCOPES = "inventory:read inventory:reserve inventory:adjust"


@pytest.fixture
def variants(committed_database: str) -> Iterator[list[UUID]]:
    """Well-stocked variants in a database where commits are real; afterwards the ledger adds up."""
    platform_key()
    yield [stocked({"BER": 500, "MUC": 500}) for _ in range(VARIANTS)]
    assert disproofs() == []
    assert deadlocks() == 0


def shipment(order: OrderCreated) -> ShipmentDispatched:
    return ShipmentDispatched(
        shipment_id=uuid4(),
        order_id=order.order_id,
        lines=tuple(
            ShippedLine(line_id=ordered.line_id, variant_id=ordered.variant_id, units=ordered.units)
            for ordered in order.lines
        ),
        dispatched_at=PLACED_AT,
    )


def stories(variants: list[UUID], chance: Random, partition: int) -> list[Any]:
    """The events of many orders: each is paid and sent, or cancelled, interleaved as a broker would bring them."""
    versions: Counter[Stream] = Counter()
    offsets = {"orders.order": count(), "delivery.shipment": count()}
    records = []

    def say(event: Any) -> None:
        stream = Stream(event.TOPIC, event.aggregate_id)
        versions[stream] += 1
        offset = next(offsets[event.TOPIC])
        records.append(record_for(event, version=versions[stream], offset=offset, partition=partition))

    orders = []
    for _ in range(ORDERS):
        picked = chance.sample(variants, chance.randint(1, 4))
        order = order_created(*[line(variant, chance.randint(1, 3)) for variant in picked])
        orders.append(order)
        say(order)
        if chance.random() < 0.7 and len(orders) > 5:
            older = orders.pop(chance.randrange(len(orders) - 1))
            if chance.random() < 0.7:
                say(order_paid(older))
                say(shipment(older))
            else:
                say(OrderCancelled(order_id=older.order_id, reason="customer", cancelled_at=PLACED_AT))
    return records


def consume(variants: list[UUID], seed: int) -> Callable[[], None]:
    """A consumer of its own partition of each topic."""
    records = stories(variants, Random(seed), partition=seed)
    inbox = Inbox()

    def run() -> None:
        for start in range(0, len(records), 40):
            inbox.receive(records[start : start + 40])

    return run


def buy(variants: list[UUID], seed: int) -> Callable[[], Counter[int]]:
    """A client who reserves several variants in any order, adjusts, and gives back."""
    chance = Random(seed)
    api = Api()(scope=SCOPES, subject=f"client-{seed}")

    def post(path: str, body: dict[str, Any]) -> Any:
        return api.post(f"/api/v1/inventory/{path}", body, headers={"Idempotency-Key": str(uuid4())})

    def run() -> Counter[int]:
        seen: Counter[int] = Counter()
        for _ in range(REQUESTS):
            chosen = chance.sample(variants, chance.randint(1, 5))
            lines = [{"variant_id": str(id_), "units": 1} for id_ in chosen]
            reserved = post("reserve", {"lines": lines, "ttl_s": 600})
            delta = [{"variant_id": str(id_), "location": "MUC", "delta": 1} for id_ in reversed(chosen)]
            adjusted = post("adjust", {"reason": "found", "lines": delta})
            seen.update([reserved.status_code, adjusted.status_code])
            if reserved.status_code == 201 and chance.random() < 0.6:
                seen[post("release", {"token": reserved.json()["token"]}).status_code] += 1
        return seen

    return run


def test_nobody_waits_for_ever_and_nothing_is_lost(variants: list[UUID], settings: Any) -> None:
    settings.HTTP = settings.HTTP | {"RATE_LIMITS": {"caller": "1000000/m", "guest": "1000000/m"}}
    consumers = [consume(variants, seed) for seed in (0, 1)]
    clients = [buy(variants, seed) for seed in range(10, 10 + CLIENTS)]

    everybody: list[Callable[[], object]] = [*consumers, *clients, sweep_leases]
    answers = at_once(everybody, threads=len(consumers) + len(clients) + 1)

    statuses = sum((answer for answer in answers if isinstance(answer, Counter)), Counter[int]())
    assert set(statuses) == {200, 201}
    assert not StalledKey.objects.exists()
    assert Hold.objects.count() == 2 * ORDERS
    assert HoldLine.objects.filter(dispatched__gt=0).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM messaging_inbox")
        assert cursor.fetchone()[0] > 2 * ORDERS
