"""The hash chain of one aggregate: each event seals all before it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from struct import Struct
from uuid import UUID

_LENGTH = Struct(">i")
_ABSENT = _LENGTH.pack(-1)

Field = bytes | str | int | datetime | UUID | None


def link(previous: bytes, fields: Sequence[Field]) -> bytes:
    """The hash of an event: SHA-256 over the previous hash and every field, each with its length before it.

    Without the lengths, bytes could be moved from one field to the next unseen. None differs from empty.
    """
    digest = hashlib.sha256(_LENGTH.pack(len(previous)) + previous)
    digest.update(b"".join(map(_framed, fields)))
    return digest.digest()


def _framed(field: Field) -> bytes:
    if field is None:
        return _ABSENT
    content = _content(field)
    return _LENGTH.pack(len(content)) + content


def _content(field: Field) -> bytes:
    match field:
        case bytes():
            return field
        case str():
            return field.encode()
        case UUID():
            return field.bytes
        case datetime():
            return f"{field.timestamp():.6f}".encode()
        case _:
            return str(field).encode()
