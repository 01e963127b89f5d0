"""What a picture says about itself in its first bytes: type and size, read without decoding anything.

Not by Pillow: opening a WebP there already reserves memory for the whole canvas, and opening a bomb only warns.
"""

from dataclasses import dataclass

from catalog_site.domain.errors import PictureDamaged, PictureTypeUnknown

JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """Type (JPEG, PNG or WEBP) and size in pixels."""

    type: str
    width: int
    height: int


def read_header(data: bytes) -> PictureHeader:
    """Judge a file by its first bytes. Raises `PictureTypeUnknown`, `PictureDamaged` for a header cut short."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(data)
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except IndexError:
        raise PictureDamaged("The picture ends within its header.") from None
    raise PictureTypeUnknown("A picture is a JPEG, PNG or WebP file.")


def _png(data: bytes) -> PictureHeader:
    if data[12:16] != b"IHDR":
        raise PictureDamaged("The picture's header is not where it belongs.")
    return PictureHeader("PNG", _big(data, 16, 4), _big(data, 20, 4))


def _jpeg(data: bytes) -> PictureHeader:
    """Walk from marker to marker until the frame header."""
    place = 2
    while True:
        if data[place] != 0xFF:
            raise PictureDamaged("The picture's header is broken.")
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
        elif marker in JPEG_BARE:
            place += 2
        elif marker in JPEG_FRAMES:
            return PictureHeader("JPEG", _big(data, place + 7, 2), _big(data, place + 5, 2))
        else:
            place += 2 + max(_big(data, place + 2, 2), 2)


def _webp(data: bytes) -> PictureHeader:
    chunk = data[12:16]
    if chunk == b"VP8X":
        return PictureHeader("WEBP", 1 + _little(data, 24, 3), 1 + _little(data, 27, 3))
    if chunk == b"VP8L":
        bits = _little(data, 21, 4)
        return PictureHeader("WEBP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if chunk == b"VP8 ":
        return PictureHeader("WEBP", _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF)
    raise PictureDamaged("The picture's header is not where it belongs.")


def _big(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(_exactly(data, place, length), "big")


def _little(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(_exactly(data, place, length), "little")


def _exactly(data: bytes, place: int, length: int) -> bytes:
    piece = data[place : place + length]
    if len(piece) < length:
        raise IndexError(place)
    return piece
