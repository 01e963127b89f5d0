"""Locations are opened, renamed, ranked and closed."""

from typing import TypedDict

from django.db import transaction
from django.db.models import Q

from inventory_site.domain.errors import LocationCodeTaken, LocationNotEmpty, RevisionMoved, UnknownLocation
from inventory_site.domain.models import Location, StockItem
from site_kit.messaging.emit import log_staff_change
from site_kit.messaging.locks import lock_rows


class LocationChanges(TypedDict, total=False):
    """What shall be different; `active` False closes the location."""

    name: str
    rank: int
    active: bool


@transaction.atomic
def open_location(*, code: str, name: str, rank: int = 100) -> Location:
    """Make a location. Raises LocationCodeTaken, so repeating it changes nothing. Logged, not published."""
    location, created = Location.objects.get_or_create(code=code, defaults={"name": name, "rank": rank})
    if not created:
        raise LocationCodeTaken(f"There is a location {code} already.", code=code)
    log_staff_change("location", code, change={"opened": {"name": name, "rank": rank}})
    return location


@transaction.atomic
def change_location(*, code: str, changes: LocationChanges, expected_revision: int | None = None) -> Location:
    """Rename, rank, close or open again; what is on the shelf keeps its place.

    With `expected_revision` only if nobody changed it since. Safe to repeat: nothing different, nothing logged.
    Raises UnknownLocation, RevisionMoved, LocationNotEmpty (closing needs empty shelves and no open promise).
    Logged, not published.
    """
    locked = lock_rows({Location: [code]})[Location]
    if not locked:
        raise UnknownLocation([code])
    location: Location = locked[0]
    if expected_revision is not None and expected_revision != location.revision:
        raise RevisionMoved("The location was changed in the meantime.", revision=location.revision)
    different = {field: value for field, value in changes.items() if getattr(location, field) != value}
    if different.get("active") is False:
        _refuse_unless_empty(location)
    return _changed(location, different) if different else location


def _refuse_unless_empty(location: Location) -> None:
    occupied = Q(on_hand__gt=0) | Q(reserved__gt=0) | Q(allocated__gt=0)
    if StockItem.objects.filter(occupied, location=location).exists():
        raise LocationNotEmpty(f"There is stock at {location.code}.", location=location.code)


def _changed(location: Location, different: dict[str, object]) -> Location:
    for field, value in different.items():
        setattr(location, field, value)
    location.revision += 1
    location.save(update_fields=[*different, "revision"])
    log_staff_change("location", location.code, change={"changed": different})
    return location
