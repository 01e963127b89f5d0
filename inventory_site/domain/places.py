"""Locations: finding them by code, and keeping them open while somebody books there."""

from collections.abc import Collection

from django.db import connection

from inventory_site.domain.errors import UnknownLocation
from inventory_site.domain.models import Location

SHARE = "SELECT 1 FROM inventory_location WHERE code = ANY(%s) ORDER BY code FOR SHARE"


def find_location(code: str | None) -> Location | None:
    """The location with this code, if there is one."""
    return Location.objects.filter(code=code).first() if code else None


def first_location() -> Location:
    """The location of the lowest rank. Raises UnknownLocation where there is none at all."""
    location = Location.objects.order_by("rank", "code").first()
    if location is None:
        raise UnknownLocation([])
    return location


def keep_open(codes: Collection[str]) -> dict[str, Location]:
    """These locations by their codes; nobody closes them until the transaction ends.

    Any number of bookings share this lock, taken after the variants' locks; closing takes the row for itself and
    looks at the stock only then. Codes nobody knows are missing in the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(SHARE, [sorted(codes)])
    return {location.code: location for location in Location.objects.filter(code__in=codes)}
