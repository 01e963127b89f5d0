"""A picture as the body of a request."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.parsers import BaseParser

from catalog_site.domain.picture_redraw import MAX_BYTES
from site_kit.http.problem import RequestRefused


class PictureParser(BaseParser):
    """Reads no more than a picture may have; what the bytes really are is judged by the domain."""

    def parse(  # type: ignore[override]  # the stubs know forms only
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> SimpleUploadedFile:
        """The file. Raises `RequestRefused` (413)."""
        content: bytes = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise RequestRefused(
                "body_too_large", f"A picture has at most {MAX_BYTES} bytes.", details={"max_bytes": MAX_BYTES}
            )
        return SimpleUploadedFile("picture", content)


class JpegParser(PictureParser):
    """JPEG."""

    media_type = "image/jpeg"


class PngParser(PictureParser):
    """PNG."""

    media_type = "image/png"


class WebpParser(PictureParser):
    """WebP."""

    media_type = "image/webp"
