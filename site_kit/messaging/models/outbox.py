"""What is still to be sent."""

from django.db import models


class PendingEvent(models.Model):
    """A pointer to a logged event that the broker has not acknowledged yet. `size` in bytes."""

    id = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    size = models.IntegerField()
    topic = models.TextField()

    class Meta:
        managed = False
        db_table = "messaging_outbox"
        default_permissions = ("view",)
        verbose_name = "event to be sent"
        verbose_name_plural = "outbox"

    def __str__(self) -> str:
        return f"{self.topic} #{self.id}"


class UnsendableEvent(models.Model):
    """A pointer taken out of the outbox: the broker refused this event, or one before it in its stream."""

    id = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    size = models.IntegerField()
    topic = models.TextField()
    aggregate_id = models.TextField("aggregate")
    error = models.TextField()
    since = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "messaging_unsendable"
        default_permissions = ("view", "change")
        verbose_name = "event the broker refused"
        verbose_name_plural = "events the broker refused"

    def __str__(self) -> str:
        return f"{self.topic} {self.aggregate_id} #{self.id}"


class SchemaRegistration(models.Model):
    """The id a schema has in the registry; part of the bytes on the wire."""

    pk = models.CompositePrimaryKey("subject", "fingerprint")
    subject = models.TextField()
    fingerprint = models.TextField()
    registry_id = models.IntegerField()
    registered_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "messaging_schema_registration"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.subject} = {self.registry_id}"
