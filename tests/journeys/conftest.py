"""Started sites with real parts, and what a test may do to them: call their APIs, hear and tell on the broker."""

from collections.abc import Iterator

import pytest

from local_stack import testing
from local_stack.testing import RunningStack
from tests.journeys.broker import Listener, Orders, create_topics_of
from tests.journeys.clients import Catalog, Goods, Inventory
from tests.journeys.waiting import until

LOCATION = "JOURNEYS"
HEARD_TOPICS = ("catalog.product", "inventory.stock", "inventory.reservation")


@pytest.fixture(scope="session")
def platform() -> Iterator[RunningStack]:
    """Every part and every site, with empty databases."""
    with testing.stack() as running:
        create_topics_of("orders", running.environment["KAFKA_BOOTSTRAP_SERVERS"])
        running.wait_for_registry()
        running.start_sites()
        yield running


@pytest.fixture(scope="session")
def catalog(platform: RunningStack) -> Catalog:
    """A client that may do everything in the catalogue."""
    return Catalog(url=platform.url_of("catalog"), token=platform.token())


@pytest.fixture(scope="session")
def inventory(platform: RunningStack) -> Inventory:
    """A client that may do everything in inventory, where one location is open."""
    client = Inventory(url=platform.url_of("inventory"), token=platform.token())
    client.open_location(LOCATION)
    return client


@pytest.fixture(scope="session")
def listener(platform: RunningStack) -> Iterator[Listener]:
    """Hears what the sites tell."""
    hearing = Listener(platform.environment["KAFKA_BOOTSTRAP_SERVERS"], HEARD_TOPICS)
    yield hearing
    hearing.close()


@pytest.fixture(scope="session")
def orders(platform: RunningStack) -> Orders:
    """Tells what orders would tell."""
    return Orders(platform.environment["KAFKA_BOOTSTRAP_SERVERS"], platform.environment["SCHEMA_REGISTRY_URL"])


@pytest.fixture
def goods(catalog: Catalog, inventory: Inventory) -> Goods:
    """A new product with one variant that inventory has heard of; none of it is in stock."""
    made = catalog.new_goods()
    until(lambda: inventory.knows(made), said="inventory has heard of a new product")
    return made
