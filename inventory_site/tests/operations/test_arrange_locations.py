"""Locations are opened, ranked and closed."""

import pytest

from inventory_site.domain.errors import LocationCodeTaken, LocationNotEmpty, RevisionMoved, UnknownLocation
from inventory_site.domain.models import Location
from inventory_site.domain.operations.arrange_locations import change_location, open_location
from inventory_site.tests.factories import lose, stocked
from site_kit.messaging.models import LoggedEvent

pytestmark = pytest.mark.django_db


def logged() -> list[str]:
    rows = LoggedEvent.objects.filter(topic="internal.location").order_by("id")
    return [bytes(row.data).decode() for row in rows]


def test_an_open_location_is_logged_and_not_published() -> None:
    open_location(code="BER", name="Berlin", rank=1)

    made = Location.objects.get()
    assert (made.code, made.name, made.rank, made.active, made.revision) == ("BER", "Berlin", 1, True, 1)
    assert logged() == ['{"opened":{"name":"Berlin","rank":1}}']
    assert not LoggedEvent.objects.filter(published=True).exists()


def test_a_code_is_given_once() -> None:
    open_location(code="BER", name="Berlin")

    with pytest.raises(LocationCodeTaken):
        open_location(code="BER", name="Bern")


def test_a_change_is_logged_once() -> None:
    open_location(code="BER", name="Berlin")

    change_location(code="BER", changes={"name": "Berlin north", "rank": 2}, expected_revision=1)
    changed = change_location(code="BER", changes={"rank": 2})

    assert (changed.name, changed.rank, changed.revision) == ("Berlin north", 2, 2)
    assert logged()[1:] == ['{"changed":{"name":"Berlin north","rank":2}}']


def test_a_change_of_something_older_is_refused() -> None:
    open_location(code="BER", name="Berlin")

    with pytest.raises(RevisionMoved):
        change_location(code="BER", changes={"rank": 2}, expected_revision=2)
    with pytest.raises(UnknownLocation):
        change_location(code="MARS", changes={"rank": 2})


def test_only_an_empty_location_is_closed() -> None:
    mug = stocked(1)

    with pytest.raises(LocationNotEmpty):
        change_location(code="BER", changes={"active": False})
    lose(mug, 1)
    closed = change_location(code="BER", changes={"active": False})

    assert closed.active is False
