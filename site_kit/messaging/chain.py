"""The hash chain of one aggregate: each event seals all before it."""

import hashlib
from collections.abc import Sequence
from struct import Struct

_LENGTH = Struct(">i").pack
_ABSENT = _LENGTH(-1)


def link(previous: bytes, fields: Sequence[bytes | None]) -> bytes:
    """The hash of an event: SHA-256 over the previous hash and every field, each with its length before it.

    Without the lengths, bytes could be moved from one field to the next unseen. None differs from empty.
    """
    framed = [_LENGTH(len(previous)), previous]
    for field in fields:
        if field is None:
            framed.append(_ABSENT)
        else:
            framed += (_LENGTH(len(field)), field)
    return hashlib.sha256(b"".join(framed)).digest()


def text(value: str | None) -> bytes | None:
    """A text field as it goes into the hash."""
    return None if value is None else value.encode()
