"""The answers given to requests with an Idempotency-Key, kept for the retry that may come."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class StoredAnswer(models.Model):
    """One answered request. Caller, route and key are only there as a hash; the answer is encrypted."""

    key = models.CharField(max_length=64, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    answer = models.BinaryField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "http_stored_answer"
        verbose_name = "stored answer"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["stored_at"], name="http_stored_answer_age")]

    def __str__(self) -> str:
        return self.key
