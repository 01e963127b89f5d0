"""From a field's value to what Avro writes: one strict function per type.

Each takes the field's name and value and returns the value in the form fastavro writes, or raises `InvalidEvent`
naming the field. Nothing is coerced that could lose or guess: no float for money, no text for an id, no time
without a zone. Text that PostgreSQL cannot store (NUL, lone surrogates) is refused here, so that it never reaches
a consumer.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Any, Protocol
from uuid import UUID

from shared_contracts.events.errors import InvalidEvent

MONEY_SCALE = 4
MONEY_PRECISION = 18

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_MOMENT = (datetime.min.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND
_LAST_MOMENT = (datetime.max.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND
_MONEY_LIMIT = 10**MONEY_PRECISION
_MONEY_LARGEST_EXPONENT = MONEY_PRECISION - MONEY_SCALE - 1
_LONG_LIMIT = 2**63
# The default context rounds to 28 digits, and would hide the 29th decimal of an amount.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_CURRENCY = re.compile("[A-Z]{3}")
_CODE = re.compile("(?:[a-z][a-z0-9_]{0,63})?")


class Recordable(Protocol):
    """What a nested record must be able to do."""

    def to_record(self) -> dict[str, Any]: ...


def wants(name: str, wish: str, value: object) -> InvalidEvent:
    """The error for a value of the wrong type; the value itself is not repeated, it may be personal."""
    return InvalidEvent(name, f"wants {wish}, got {type(value).__name__}")


def text(name: str, value: str) -> str:
    """Any text but NUL and lone surrogates; empty is allowed."""
    if not isinstance(value, str):
        raise wants(name, "str", value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise InvalidEvent(name, "text holds a lone surrogate, which is no character") from None
    if "\x00" in value:
        raise InvalidEvent(name, "text holds a NUL, which no database stores")
    return value


def code(name: str, value: str) -> str:
    """A word for machines, such as `insufficient_stock`; at most 64 characters."""
    if not isinstance(value, str):
        raise wants(name, "str", value)
    if not _CODE.fullmatch(value):
        raise InvalidEvent(name, f"{value!r:.80} is no code: lower case letters, digits and _, at most 64")
    return value


def required_code(name: str, value: str) -> str:
    """A code that may not be empty."""
    if value == "":
        raise InvalidEvent(name, "may not be empty")
    return code(name, value)


def currency(name: str, value: str) -> str:
    """Three capital letters, as ISO 4217 has them."""
    if not isinstance(value, str):
        raise wants(name, "str", value)
    if not _CURRENCY.fullmatch(value):
        raise InvalidEvent(name, f"{value!r:.80} is no currency: three capital letters (ISO 4217)")
    return value


def one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    """One of the words a writer may use today. Readers must bear others: the list may grow."""
    if not isinstance(value, str):
        raise wants(name, "str", value)
    if value not in known:
        raise InvalidEvent(name, f"{value!r:.80} is none of {', '.join(known)}")
    return value


def uuid(name: str, value: UUID) -> str:
    """A UUID object, never its text."""
    if not isinstance(value, UUID):
        raise wants(name, "UUID", value)
    return str(value)


def whole(name: str, value: int) -> int:
    """A whole number of 64 bits; a bool is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wants(name, "int", value)
    if not -_LONG_LIMIT <= value < _LONG_LIMIT:
        raise InvalidEvent(name, "does not fit into 64 bits")
    return value


def truth(name: str, value: bool) -> bool:
    """True or False, nothing that merely counts as one."""
    if value is not True and value is not False:
        raise wants(name, "bool", value)
    return value


def blob(name: str, value: bytes) -> bytes:
    """Bytes; a memoryview or bytearray is refused, because it can change."""
    if not isinstance(value, bytes):
        raise wants(name, "bytes", value)
    return value


def money(name: str, value: Decimal) -> bytes:
    """An exact amount of at most 18 digits, 4 of them decimals, as Avro's unscaled bytes."""
    if not isinstance(value, Decimal):
        raise wants(name, "Decimal", value)
    if not value.is_finite():
        raise InvalidEvent(name, f"{value} is no amount")
    if not value:
        return b"\x00"
    # Before the int(): 1E+1000000 would otherwise be written out digit by digit.
    if value.adjusted() > _MONEY_LARGEST_EXPONENT:
        raise InvalidEvent(name, f"has more than {MONEY_PRECISION - MONEY_SCALE} digits before the point")
    scaled = value.scaleb(MONEY_SCALE, _EXACT)
    unscaled = int(scaled)
    if unscaled != scaled:
        raise InvalidEvent(name, f"has more than {MONEY_SCALE} decimals")
    return unscaled.to_bytes(unscaled.bit_length() // 8 + 1, "big", signed=True)


def moment(name: str, value: datetime) -> int:
    """An aware time, as microseconds since 1970 in UTC."""
    if not isinstance(value, datetime):
        raise wants(name, "datetime", value)
    if value.utcoffset() is None:
        raise InvalidEvent(name, "is naive: a time needs its zone")
    since = value - EPOCH
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    if not _FIRST_MOMENT <= micros <= _LAST_MOMENT:
        raise InvalidEvent(name, "lies outside the years 1 to 9999 in UTC")
    return micros


def record(name: str, value: Recordable, kind: type[Recordable]) -> dict[str, Any]:
    """A nested record."""
    if type(value) is not kind:
        raise wants(name, kind.__name__, value)
    try:
        return value.to_record()
    except InvalidEvent as fault:
        raise fault.inside(name) from None


def array(name: str, value: tuple[Any, ...], item: Callable[..., Any], *more: object) -> list[Any]:
    """A tuple whose items `item` takes; a list is refused, because it can change."""
    if not isinstance(value, tuple):
        raise wants(name, "tuple", value)
    return [item(f"{name}[{index}]", entry, *more) for index, entry in enumerate(value)]


def optional(name: str, value: Any, kind: Callable[..., Any], *more: object) -> Any:
    """None, or what `kind` makes of the value."""
    return None if value is None else kind(name, value, *more)
