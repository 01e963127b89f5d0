"""How long answers are kept for a retry, and their end. Imports no API: the worker sweeps."""

from datetime import timedelta

from django.db.models.functions import Now

from site_kit.http.models import StoredAnswer
from site_kit.http.options import options


def lifetime() -> timedelta:
    """How long an Idempotency-Key is known."""
    return timedelta(hours=options().idempotency_hours)


def sweep_answers(*, batch: int = 5_000) -> int:
    """Delete the answers that have grown too old, in batches, each its own transaction; returns how many."""
    swept = 0
    while True:
        old = StoredAnswer.objects.filter(stored_at__lt=Now() - lifetime()).order_by("stored_at")
        gone, _ = StoredAnswer.objects.filter(pk__in=old.values("pk")[:batch]).delete()
        swept += gone
        if gone < batch:
            return swept
