"""Why staff and clients change a number on hand."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """Codes of an adjustment; they travel in InventoryAdjusted and stand in the ledger."""

    RECEIVED = "received", "received from a supplier"
    COUNTED = "counted", "counted"
    FOUND = "found", "found"
    LOST = "lost", "lost"
    DAMAGED = "damaged", "damaged"
    SUPPLIER_RETURN = "supplier_return", "sent back to a supplier"
    TRANSFER = "transfer", "moved between locations"
    CORRECTION = "correction", "put right"
