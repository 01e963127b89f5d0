"""One id from the request through the event to the log line of the consumer in another site."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local_stack.testing import RunningStack
from shared_contracts.events.catalog.v1 import ProductUpdated
from shared_contracts.events.inventory.v1 import InventoryUpdated
from tests.journeys.broker import Listener
from tests.journeys.clients import Catalog, Goods, Inventory
from tests.journeys.conftest import LOCATION
from tests.journeys.waiting import until


@pytest.fixture
def request_id() -> str:
    """An id as a storefront would draw it."""
    return f"journey-{uuid.uuid4().hex}"


def lines_with(log: Path, request_id: str) -> list[dict[str, Any]]:
    """The JSON lines of a log in which the id stands."""

    def matching() -> Iterator[dict[str, Any]]:
        with log.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                if request_id in line:
                    yield json.loads(line[line.index("{") :])

    return list(matching())


def test_a_rename_can_be_followed_into_inventory(
    platform: RunningStack, catalog: Catalog, goods: Goods, listener: Listener, request_id: str
) -> None:
    catalog.rename(goods, "Followed", request_id=request_id)

    heard = listener.wait_for(ProductUpdated, lambda event: event.name == "Followed")
    assert heard.correlation_id == request_id
    logs = platform.stack.home.logs
    until(lambda: lines_with(logs / "catalog-web.log", request_id), said="the request is logged with its id")
    until(lambda: lines_with(logs / "inventory-consumer.log", request_id), said="the consumer logs the request's id")


def test_an_adjustment_can_be_followed_into_the_catalogue(
    platform: RunningStack, inventory: Inventory, goods: Goods, listener: Listener, request_id: str
) -> None:
    inventory.adjust(goods, 3, location=LOCATION, request_id=request_id)

    heard = listener.wait_for(InventoryUpdated, lambda event: str(event.variant_id) == goods.variant_id)
    assert heard.correlation_id == request_id
    logs = platform.stack.home.logs
    until(lambda: lines_with(logs / "inventory-web.log", request_id), said="the request is logged with its id")
    until(lambda: lines_with(logs / "catalog-consumer.log", request_id), said="the consumer logs the request's id")
