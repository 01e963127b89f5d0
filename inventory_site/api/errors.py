"""Domain refusal → HTTP status; the code and the sentence are the refusal's own."""

from collections.abc import Mapping

from inventory_site.domain import errors
from site_kit.refusals import Refusal

STATUS_OF: Mapping[type[Refusal], int] = {
    errors.NotKnown: 404,
    errors.Conflict: 409,
    errors.RevisionMoved: 412,
    errors.CountMixedWithDelta: 422,
    errors.ReceiptNotPositive: 422,
    errors.InventoryError: 409,
}
"""The nearest class counts."""
