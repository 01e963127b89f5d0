"""Every event of the platform, by name, by topic, by site."""

from collections.abc import Mapping
from types import MappingProxyType

from shared_contracts.events.catalog import v1 as catalog
from shared_contracts.events.coordination import v1 as coordination
from shared_contracts.events.delivery import v1 as delivery
from shared_contracts.events.errors import UnknownEventType
from shared_contracts.events.event import Event
from shared_contracts.events.inventory import v1 as inventory
from shared_contracts.events.orders import v1 as orders
from shared_contracts.events.schemas import learn, schema_by_fingerprint, schema_json
from shared_contracts.events.topics import TOPICS, Topic

__all__ = ["EVENTS", "TOPICS", "Topic", "event_type", "learn", "published_by", "schema_by_fingerprint", "schema_json"]

_MODULES = (coordination, catalog, inventory, orders, delivery)

EVENTS: Mapping[str, type[Event]] = MappingProxyType({kind.TYPE: kind for module in _MODULES for kind in module.EVENTS})


def event_type(type_name: str) -> type[Event]:
    """The class of an event by its header `ce_type`. Raises UnknownEventType."""
    try:
        return EVENTS[type_name]
    except KeyError:
        raise UnknownEventType(f"{type_name!r:.120} is no event of this release") from None


def published_by(site: str) -> tuple[type[Event], ...]:
    """The events a site publishes; empty for a site without any."""
    return tuple(kind for kind in EVENTS.values() if TOPICS[kind.TOPIC].site == site)
