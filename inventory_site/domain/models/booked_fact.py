"""Which physical facts are in the books."""

from django.db import models


class BookedFact(models.Model):
    """A shipment or a return that was booked: telling it again changes nothing."""

    fact_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=[("shipment", "shipment"), ("return", "return")])
    order_id = models.UUIDField(db_index=True)
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ("-booked_at", "fact_id")

    def __str__(self) -> str:
        return f"{self.kind} {self.fact_id}"
