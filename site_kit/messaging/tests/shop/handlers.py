"""The toy shop listens to itself."""

from collections.abc import Sequence

from django.db.models import F

from site_kit.messaging.handlers import Message, bulk, no_shared_rows, single
from site_kit.messaging.tests.shop.events import BasketFilled, ItemRenamed, StockCounted
from site_kit.messaging.tests.shop.models import Effect, Shelf


def on_stock_counted(messages: Sequence[Message[StockCounted]]) -> None:
    Effect.objects.bulk_create(
        Effect(event_id=m.event_id, item_id=m.event.item_id, version=m.version, units=m.event.units) for m in messages
    )


def on_item_renamed(message: Message[ItemRenamed]) -> None:
    Effect.objects.create(event_id=message.event_id, item_id=message.event.item_id, version=message.version, units=0)


def on_basket_filled(messages: Sequence[Message[BasketFilled]]) -> None:
    for message in messages:
        Shelf.objects.filter(sku__in=message.event.wanted).update(units=F("units") - 1)


HANDLERS = {
    StockCounted: bulk(on_stock_counted, locks=no_shared_rows),
    ItemRenamed: single(on_item_renamed),
    BasketFilled: bulk(
        on_basket_filled, locks=lambda events: {Shelf: {sku for event in events for sku in event.wanted}}
    ),
}
LOCK_ORDER = (Shelf,)
