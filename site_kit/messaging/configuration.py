"""Settings of the bridge, read once and typed: the `MESSAGING` block of Django's settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from site_kit.messaging.event import Catalogue

if TYPE_CHECKING:
    from django.db.models import Model

    from site_kit.messaging.handlers import Handler


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the bridge finds its site, its events and its neighbours.

    `catalogue`, `handlers` and `lock_order` are dotted names, resolved on first use, so that reading the
    settings imports nothing of the site.
    """

    site: str
    catalogue: str
    handlers: str
    lock_order: str
    topic_prefix: str
    bootstrap_servers: str
    registry_url: str
    valkey_url: str
    runtime_role: str
    wake_prefix: str

    @property
    def source(self) -> str:
        """Who says so: the CloudEvents source of every event of this site."""
        return f"/{self.site}"

    @property
    def consumer_group(self) -> str:
        return f"{self.topic_prefix}{self.site}"

    def on_broker(self, topic: str) -> str:
        """The name a topic has on the broker."""
        return f"{self.topic_prefix}{topic}"

    def off_broker(self, name: str) -> str:
        """The topic behind a name on the broker."""
        return name.removeprefix(self.topic_prefix)


_OPTIONAL = {"TOPIC_PREFIX", "RUNTIME_ROLE", "VALKEY_URL", "REGISTRY_URL", "WAKE_PREFIX"}


def configuration() -> Configuration:
    """The bridge's settings; raises ImproperlyConfigured naming what is missing or unknown."""
    block = settings.MESSAGING
    known = _read.get(id(block))
    if known is None or known[0] is not block:
        known = (block, _configuration(block))
        _read.clear()
        _read[id(block)] = known
    return known[1]


_read: dict[int, tuple[Mapping[str, str], Configuration]] = {}


def _configuration(given: Mapping[str, str]) -> Configuration:
    known = {name.upper() for name in Configuration.__slots__}
    missing = known - _OPTIONAL - given.keys()
    unknown = given.keys() - known
    if missing or unknown:
        raise ImproperlyConfigured(f"MESSAGING: missing {sorted(missing)}, unknown {sorted(unknown)}")
    return Configuration(**{name: given.get(name.upper(), "") for name in Configuration.__slots__})


def catalogue() -> Catalogue:
    """Every event this site knows."""
    return cast("Catalogue", import_module(configuration().catalogue))


def handlers() -> Mapping[type[Any], "Handler[Any]"]:
    """The site's HANDLERS table: event class to handler."""
    return cast("Mapping[type[Any], Handler[Any]]", import_string(configuration().handlers))


def lock_order() -> Sequence["type[Model]"]:
    """The one order in which all transactions of the site lock its models."""
    return cast("Sequence[type[Model]]", import_string(configuration().lock_order))
