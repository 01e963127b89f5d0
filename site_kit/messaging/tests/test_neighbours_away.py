"""Tests with neighbours that take everything and answer nothing: writes go on, nothing is lost, nothing is parked."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction

from site_kit.messaging import relay, spare_relay, wake_delivery
from site_kit.messaging.breaker import Breaker
from site_kit.messaging.configuration import configuration
from site_kit.messaging.consumer import EventConsumer
from site_kit.messaging.emit import emit
from site_kit.messaging.models import PendingEvent, StalledKey
from site_kit.messaging.producer import drop_sender
from site_kit.messaging.publishing import publish_contracts
from site_kit.messaging.registrations import Registrations
from site_kit.messaging.relay import End, drain
from site_kit.messaging.tests.proxy import Proxy, wire
from site_kit.messaging.tests.shop.events import StockCounted
from site_kit.messaging.tests.shop.models import Effect
from site_kit.messaging.tests.topic_reader import header, read_all
from site_kit.messaging.tests.waiting import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed", "topics")]
ITEM = UUID("00000000-0000-4000-8000-000000000001")
AT_ONCE_S = 0.25


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A producer and breakers of the test's own, which give up sooner."""
    drop_sender()
    monkeypatch.setattr(relay, "FLUSH_S", 1.0)
    monkeypatch.setattr(relay, "_broker", Breaker(rest_s=0.05, longest_rest_s=0.2))
    monkeypatch.setattr(relay, "_registrations", Registrations())
    monkeypatch.setattr(wake_delivery, "_breaker", Breaker(rest_s=0.05, longest_rest_s=0.2))
    yield
    drop_sender()


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Proxy]]:
    """`through("BOOTSTRAP_SERVERS")`: that neighbour is reached over a wire that can be cut."""
    wires = []

    def put_between(name: str) -> Proxy:
        address = settings.MESSAGING[name]
        cut = wire(address, kafka=name == "BOOTSTRAP_SERVERS")
        proxy = cut.__enter__()
        wires.append(cut)
        by_wire = urlsplit(address)._replace(netloc=proxy.address).geturl() if "//" in address else proxy.address
        monkeypatch.setattr(settings, "MESSAGING", settings.MESSAGING | {name: by_wire})
        return proxy

    yield put_between
    for cut in wires:
        cut.__exit__(None, None, None)


def tell(units: int) -> float:
    """Emit one event; how long the request would have waited for it, in seconds."""
    began_s = time.monotonic()
    with transaction.atomic():
        emit(StockCounted(ITEM, units))
    return time.monotonic() - began_s


def sequence() -> list[int]:
    return [int(header(message, "ce_sequence")) for message in read_all("shop.item", at_least=1)]


@pytest.mark.usefixtures("registered")
def test_a_broker_that_is_a_black_hole_from_the_start_holds_up_nobody(through: Callable[[str], Proxy]) -> None:
    broker = through("BOOTSTRAP_SERVERS")
    broker.become_black_hole()

    assert max(tell(units) for units in range(3)) < AT_ONCE_S
    assert drain().end is End.BROKER_AWAY
    assert PendingEvent.objects.count() == 3

    broker.pass_again()
    eventually(lambda: drain().end is End.EMPTY)
    assert sequence() == [1, 2, 3]


@pytest.mark.usefixtures("registered")
def test_a_broker_that_falls_silent_in_flight_loses_nothing_and_reorders_nothing(
    through: Callable[[str], Proxy],
) -> None:
    broker = through("BOOTSTRAP_SERVERS")
    tell(1)
    assert drain().sent == 1
    broker.become_black_hole()

    assert max(tell(units) for units in (2, 3)) < AT_ONCE_S
    assert drain().end is End.BROKER_AWAY
    assert PendingEvent.objects.count() == 2
    assert tell(4) < AT_ONCE_S

    broker.pass_again()
    eventually(lambda: drain().end is End.EMPTY)
    assert list(dict.fromkeys(sequence())) == [1, 2, 3, 4]


@pytest.mark.usefixtures("registered")
def test_a_consumer_waits_out_a_silent_broker_and_parks_nothing(
    through: Callable[[str], Proxy], request: pytest.FixtureRequest
) -> None:
    broker = through("BOOTSTRAP_SERVERS")
    listening: EventConsumer = request.getfixturevalue("listening")
    tell(1)
    drain()
    eventually(lambda: Effect.objects.count() == 1)
    broker.become_black_hole()
    tell(2)
    drain()
    broker.pass_again()

    eventually(lambda: drain().end is End.EMPTY)
    eventually(lambda: Effect.objects.count() == 2, within_s=30)

    assert list(Effect.objects.order_by("id").values_list("version", flat=True)) == [1, 2]
    assert not StalledKey.objects.exists()
    assert listening is not None


def test_an_unknown_schema_id_waits_for_the_registry_and_is_never_guessed(through: Callable[[str], Proxy]) -> None:
    registry = through("REGISTRY_URL")
    registry.become_black_hole()
    tell(1)

    drained = drain()
    assert (drained.sent, list(drained.held)) == (0, ["shop.item"])
    assert any("registry" in problem for problem in publish_contracts().problems)
    assert tell(2) < AT_ONCE_S

    registry.pass_again()
    eventually(lambda: not publish_contracts().problems)
    eventually(lambda: drain().sent == 2)
    assert sequence() == [1, 2]


@pytest.mark.usefixtures("registered")
def test_with_valkey_a_black_hole_commits_go_on_and_the_consumer_relays(through: Callable[[str], Proxy]) -> None:
    valkey = through("VALKEY_URL")
    valkey.become_black_hole()

    assert max(tell(units) for units in range(5)) < AT_ONCE_S
    wake_delivery.call_relay()
    assert spare_relay.relay_if_needed() == 5

    assert sequence() == [1, 2, 3, 4, 5]
    assert configuration().valkey_url.startswith("redis://127.0.0.1")
