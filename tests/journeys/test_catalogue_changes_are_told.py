"""What is changed through the catalogue's API arrives on the broker as the facts that other sites rely on."""

from decimal import Decimal

from shared_contracts.events.catalog.v1 import PriceChanged, ProductCreated, ProductUpdated
from tests.journeys.broker import Listener
from tests.journeys.clients import Catalog, Goods


def test_a_new_product_is_told_with_its_variants_and_prices(goods: Goods, listener: Listener) -> None:
    heard = listener.wait_for(ProductCreated, lambda event: str(event.product_id) == goods.product_id)

    assert heard.version == 1
    assert [variant.sku for variant in heard.event.variants] == [goods.sku]
    assert [(price.currency, price.amount) for price in heard.event.variants[0].prices] == [("EUR", Decimal("10"))]


def test_another_name_is_told_with_the_next_version(catalog: Catalog, goods: Goods, listener: Listener) -> None:
    catalog.rename(goods, "Another name")

    heard = listener.wait_for(ProductUpdated, lambda event: str(event.product_id) == goods.product_id)
    assert heard.event.name == "Another name"
    assert heard.version > 1


def test_another_price_is_told_with_the_one_before(catalog: Catalog, goods: Goods, listener: Listener) -> None:
    catalog.set_price(goods, "12.50")

    heard = listener.wait_for(
        PriceChanged, lambda event: str(event.variant_id) == goods.variant_id and event.amount == Decimal("12.5")
    )
    assert (heard.event.currency, heard.event.previous_amount) == ("EUR", Decimal("10"))
    assert heard.event.sku == goods.sku


def test_the_same_price_again_is_no_news(catalog: Catalog, goods: Goods, listener: Listener) -> None:
    catalog.set_price(goods, "10.00")
    catalog.set_price(goods, "11.00")

    def of_goods(event: PriceChanged) -> bool:
        return str(event.variant_id) == goods.variant_id

    listener.wait_for(PriceChanged, lambda event: of_goods(event) and event.amount == Decimal("11"))
    assert [event.amount for event in listener.all_of(PriceChanged, of_goods) if event.previous_amount] == [
        Decimal("11")
    ]
