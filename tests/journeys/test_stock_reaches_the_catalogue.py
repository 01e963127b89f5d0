"""A number changed in inventory is what the catalogue shows, and what the world is told."""

from shared_contracts.events.catalog.v1 import ProductBackInStock, ProductOutOfStock
from shared_contracts.events.inventory.v1 import InventoryAdjusted, InventoryUpdated, LowStockAlert
from tests.journeys.broker import Listener
from tests.journeys.clients import Catalog, Goods, Inventory
from tests.journeys.conftest import LOCATION
from tests.journeys.waiting import until


def shows(catalog: Catalog, goods: Goods, available: int) -> bool:
    shown = catalog.stock_shown(goods)
    return shown["available"] == available and shown["in_stock"] is (available > 0)


def test_received_stock_shows_in_the_catalogue(
    catalog: Catalog, inventory: Inventory, goods: Goods, listener: Listener
) -> None:
    inventory.adjust(goods, 7, location=LOCATION)

    adjusted = listener.wait_for(InventoryAdjusted, lambda event: str(event.variant_id) == goods.variant_id)
    updated = listener.wait_for(InventoryUpdated, lambda event: str(event.variant_id) == goods.variant_id)
    assert (adjusted.event.delta, adjusted.event.location_code) == (7, LOCATION)
    assert (updated.event.on_hand, updated.event.available) == (7, 7)
    until(lambda: shows(catalog, goods, 7), said="the catalogue shows 7")


def test_a_lease_takes_from_what_is_available_and_gives_it_back(
    catalog: Catalog, inventory: Inventory, goods: Goods
) -> None:
    inventory.adjust(goods, 5, location=LOCATION)

    lease = inventory.reserve(goods, 2)

    assert inventory.numbers(goods)["available"] == 3
    until(lambda: shows(catalog, goods, 3), said="the catalogue shows 3")

    inventory.release(lease["token"])

    assert inventory.numbers(goods)["available"] == 5
    until(lambda: shows(catalog, goods, 5), said="the catalogue shows 5 again")


def test_the_last_one_gone_is_out_of_stock_and_one_more_is_back(
    catalog: Catalog, inventory: Inventory, goods: Goods, listener: Listener
) -> None:
    def of_goods(event: ProductOutOfStock | ProductBackInStock) -> bool:
        return str(event.product_id) == goods.product_id

    inventory.adjust(goods, 1, location=LOCATION)
    until(lambda: shows(catalog, goods, 1), said="the catalogue shows 1")

    inventory.adjust(goods, -1, location=LOCATION)

    out = listener.wait_for(ProductOutOfStock, of_goods)
    assert out.event.sku == goods.sku
    until(lambda: shows(catalog, goods, 0), said="the catalogue shows none")

    inventory.adjust(goods, 4, location=LOCATION)

    back = listener.wait_for(
        ProductBackInStock, lambda event: of_goods(event) and event.changed_at > out.event.changed_at
    )
    assert back.version > out.version


def test_less_than_the_minimum_alerts_once_and_enough_again_ends_it(
    inventory: Inventory, goods: Goods, listener: Listener
) -> None:
    def alerts(state: str) -> list[LowStockAlert]:
        def fits(event: LowStockAlert) -> bool:
            return str(event.variant_id) == goods.variant_id and event.state == state

        listener.wait_for(LowStockAlert, fits)
        return listener.all_of(LowStockAlert, fits)

    inventory.adjust(goods, 10, location=LOCATION)
    inventory.watch(goods, 5)

    inventory.adjust(goods, -6, location=LOCATION)
    inventory.adjust(goods, -1, location=LOCATION)
    [opened] = alerts("opened")

    inventory.adjust(goods, 20, location=LOCATION)
    [closed] = alerts("closed")

    assert (opened.available, opened.threshold) == (4, 5)
    assert closed.alert_id == opened.alert_id
