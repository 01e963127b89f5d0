"""Who books at a location, and who closes it."""

from collections.abc import Collection

from django.db import connection

SHARE = "SELECT 1 FROM inventory_location WHERE code = ANY(%s) ORDER BY code FOR SHARE"


def keep_locations_open(codes: Collection[str]) -> None:
    """Nobody closes these locations until the transaction ends; any number of bookings share this lock.

    Taken after the variants' locks. Closing takes the row for itself and looks at the stock only then.
    """
    with connection.cursor() as cursor:
        cursor.execute(SHARE, [sorted(codes)])
