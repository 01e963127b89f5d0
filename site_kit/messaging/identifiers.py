"""Event ids: UUID version 7, so that ids sort by time and old ones can be dropped by day."""

import os
from datetime import UTC, datetime
from uuid import UUID

VERSION = 7
_VERSION_7 = VERSION << 76
_RFC_VARIANT = 0b10 << 62
_RANDOM_BITS_BELOW_VARIANT = (1 << 62) - 1
_TWELVE_RANDOM_BITS = 0xFFF << 64


def uuid7(at: datetime) -> UUID:
    """A new UUIDv7 whose first 48 bits are `at` in milliseconds since 1970."""
    milliseconds = int(at.timestamp() * 1000)
    chance = int.from_bytes(os.urandom(10), "big")
    return UUID(
        int=milliseconds << 80
        | _VERSION_7
        | (chance & _TWELVE_RANDOM_BITS)
        | _RFC_VARIANT
        | (chance & _RANDOM_BITS_BELOW_VARIANT)
    )


def time_of(identifier: UUID) -> datetime | None:
    """When a UUIDv7 was drawn, to the millisecond; None for any other kind of UUID."""
    if identifier.version != VERSION:
        return None
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)


def first_of(moment: datetime) -> UUID:
    """The lowest UUID of that millisecond, of whatever version: a bound for comparing."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
