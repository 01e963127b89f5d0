"""Domain refusal → HTTP status; the code and the sentence are the refusal's own."""

from collections.abc import Mapping

from inventory_site.domain import errors
from site_kit.refusals import Refusal

STATUS_OF: Mapping[type[Refusal], int] = {
    errors.UnknownVariant: 422,
    errors.UnknownLocation: 422,
    errors.NotKnown: 404,
    errors.RevisionMoved: 412,
    errors.ReceiptNotPositive: 422,
    errors.CountMixedWithDelta: 422,
    errors.TooManyUnits: 422,
    errors.ReasonMissing: 422,
    errors.LeaseTooLong: 422,
    errors.Conflict: 409,
    errors.InventoryError: 409,
}
"""The nearest class counts."""
