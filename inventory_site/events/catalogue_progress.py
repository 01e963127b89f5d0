"""How far inventory has listened to the catalogue, for orders that run ahead of it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from inventory_site.domain import queries
from shared_contracts.events.catalog.v1 import ProductUpdated
from shared_contracts.events.orders.v1 import OrderLine
from site_kit.messaging.handlers import Awaiting
from site_kit.messaging.models import InboxStream


def wait_for_catalogue(lines: Sequence[OrderLine]) -> None:
    """Raise Awaiting for the first line whose variant is unknown only because the catalogue was not heard so far.

    A variant that is known needs no newer copy: stock belongs to its id. One that is unknown at or past the
    line's catalogue version is none, and the order will be refused.
    """
    unknown = queries.unknown_variants({line.variant_id for line in lines})
    if not unknown:
        return
    behind = [line for line in lines if line.variant_id in unknown]
    heard = versions_heard({line.product_id for line in behind})
    for line in behind:
        if heard.get(line.product_id, 0) < line.catalogue_version:
            raise Awaiting(ProductUpdated.TOPIC, line.product_id, line.catalogue_version)


def versions_heard(product_ids: Collection[UUID]) -> dict[UUID, int]:
    """The last version of each product's stream, those that only the price was in counted too."""
    heard = queries.product_versions(product_ids)
    streams = InboxStream.objects.filter(topic=ProductUpdated.TOPIC, aggregate_id__in=[str(id_) for id_ in product_ids])
    for aggregate_id, version in streams.values_list("aggregate_id", "version"):
        product_id = UUID(aggregate_id)
        heard[product_id] = max(heard.get(product_id, 0), version)
    return heard
