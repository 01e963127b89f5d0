"""InventoryUpdated, heard the way the consumer hears it."""

from uuid import UUID, uuid4

import pytest

from catalog_site.domain import clock
from catalog_site.domain.models import Product, Variant, VariantStock
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Ear, Told
from shared_contracts.events.catalog import v1
from shared_contracts.events.inventory.v1 import InventoryUpdated
from site_kit.messaging.models import InboxStream, LoggedEvent
from site_kit.messaging.testing import record_for


def update(variant_id: UUID, available: int) -> InventoryUpdated:
    """Inventory's word on a variant."""
    return InventoryUpdated(variant_id=variant_id, available=available, on_hand=available, changed_at=clock.now())


@pytest.fixture
def bowl(colours: None) -> Product:
    """An active product in red and blue."""
    return make.active_product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue")),
        )
    )


def test_stock_arrives_and_the_turn_is_told_because_of_it(bowl: Product, told: Told, hear: Ear) -> None:
    red = Variant.objects.get(sku="RED")

    hear(update(red.id, 3), correlation_id="trip-1")

    assert VariantStock.objects.get().available == 3
    assert Product.objects.get().in_stock is True
    [event] = told()
    assert isinstance(event, v1.ProductBackInStock)
    logged = LoggedEvent.objects.get(type=v1.ProductBackInStock.TYPE)
    assert logged.correlation_id == "trip-1"
    assert logged.actor.startswith("event:")


def test_two_variants_of_one_product_in_one_batch_are_told_once(bowl: Product, told: Told, hear: Ear) -> None:
    red, blue = Variant.objects.order_by("position")

    hear(update(red.id, 3), update(blue.id, 2), update(red.id, 0), update(blue.id, 0))

    assert {stock.available for stock in VariantStock.objects.all()} == {0}
    assert told() == []  # within one batch it came and went


def test_the_version_of_the_stream_stands_in_the_row(bowl: Product, hear: Ear) -> None:
    red = Variant.objects.get(sku="RED")

    hear(update(red.id, 3))
    hear(update(red.id, 4), update(red.id, 5))

    stock = VariantStock.objects.get()
    assert (stock.available, stock.version) == (5, 3)


def test_a_late_duplicate_never_turns_the_figure_back(bowl: Product, told: Told, hear: Ear) -> None:
    red = Variant.objects.get(sku="RED")
    old = record_for(update(red.id, 9), version=1)
    hear._inbox.receive([old])
    hear(update(red.id, 0))
    said = told()

    hear._inbox.receive([old])

    assert VariantStock.objects.get().available == 0
    assert told() == said


def test_stock_of_a_variant_the_catalogue_does_not_know_is_noted(told: Told, hear: Ear) -> None:
    stranger = uuid4()

    hear(update(stranger, 7))

    assert VariantStock.objects.get(variant_id=stranger).available == 7
    assert InboxStream.objects.get(aggregate_id=str(stranger)).version == 1
    assert told() == []
