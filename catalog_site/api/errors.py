"""Domain refusal → HTTP status; the code and the sentence are the refusal's own."""

from collections.abc import Mapping

from catalog_site.domain import errors
from site_kit.refusals import Refusal

STATUS_OF: Mapping[type[Refusal], int] = {
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.RevisionMoved: 412,
    errors.PictureTooLarge: 413,
    errors.PictureTypeUnknown: 415,
    errors.Unacceptable: 422,
    errors.CatalogError: 409,
}
"""The nearest class counts."""
