"""From what somebody sent to what the site serves: judged, decoded once, drawn anew, with nothing of the old file."""

from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image, ImageOps, UnidentifiedImageError

from catalog_site.domain.errors import PictureDamaged, PictureTooLarge
from catalog_site.domain.picture_header import PictureHeader, read_header

MAX_BYTES = 12_000_000
MAX_PIXELS = 25_000_000
MAX_SIDE = 12_000
LARGE_SIDE, SMALL_SIDE = 1600, 400

# 25 Mpx are 100 MB decoded: one at a time, or a handful of uploads is an outage.
_decoding = BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The picture in two sizes, WebP; `width` and `height` are the large one's."""

    large: bytes
    small: bytes
    width: int
    height: int


def redraw(data: bytes) -> Redrawn:
    """The picture as the site serves it: upright, at most 1600 px, without metadata.

    Raises `PictureTypeUnknown`, `PictureTooLarge` (12 MB, 25 Mpx, 12,000 px a side) and `PictureDamaged`; type and
    size are judged from the header, before anything is decoded.
    """
    header = _judged(data)
    with _decoding:
        large = _decoded(data, header)
        large.thumbnail((LARGE_SIDE, LARGE_SIDE), Image.Resampling.LANCZOS)
        small = large.copy()
        small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
        return Redrawn(_webp(large), _webp(small), large.width, large.height)


def _judged(data: bytes) -> PictureHeader:
    if len(data) > MAX_BYTES:
        raise PictureTooLarge(f"A picture has at most {MAX_BYTES // 1_000_000} MB.", bytes=len(data))
    header = read_header(data)
    if not header.width or not header.height:
        raise PictureDamaged("The picture has no size.")
    if max(header.width, header.height) > MAX_SIDE or header.width * header.height > MAX_PIXELS:
        raise PictureTooLarge(
            f"A picture has at most {MAX_PIXELS // 1_000_000} million pixels and {MAX_SIDE} on a side.",
            width=header.width,
            height=header.height,
        )
    return header


def _decoded(data: bytes, header: PictureHeader) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=[header.type]) as picture:
            if picture.size != (header.width, header.height):
                raise PictureDamaged("The picture's header contradicts itself.")
            picture.draft("RGB", (LARGE_SIDE, LARGE_SIDE))  # a JPEG decodes smaller at once
            upright = ImageOps.exif_transpose(picture)
            clean = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            clean.info.clear()  # what the writer would otherwise copy: place, camera, owner
            return clean
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise PictureDamaged("The picture cannot be read.") from fault


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=84, method=4)
    return out.getvalue()
