"""What this site said and did: append-only."""

from django.db import models


class LoggedEvent(models.Model):
    """One event of the log; published ones also went to the broker.

    `data` is bare Avro of the schema `schema_fp`, or JSON for an unpublished `StaffChanged`.
    """

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField()
    event_id = models.UUIDField()
    version = models.IntegerField()
    published = models.BooleanField()
    topic = models.TextField()
    aggregate_id = models.TextField("aggregate")
    type = models.TextField()
    schema_fp = models.TextField("schema fingerprint")
    actor = models.TextField()
    why = models.TextField()
    correlation_id = models.TextField("correlation")
    causation_id = models.TextField("caused by", null=True)  # noqa: DJ001 - absent differs from empty in the hash
    traceparent = models.TextField(null=True)  # noqa: DJ001 - absent differs from empty in the hash
    data = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "messaging_event"
        default_permissions = ("view",)
        verbose_name = "event"
        verbose_name_plural = "event log"

    def __str__(self) -> str:
        return f"{self.type.rpartition('.')[2]} {self.aggregate_id} v{self.version}"


class StreamVersion(models.Model):
    """The last version of one aggregate and the head of its hash chain: the ordering point of `emit`."""

    pk = models.CompositePrimaryKey("topic", "aggregate_id")
    topic = models.TextField()
    aggregate_id = models.TextField()
    version = models.IntegerField()
    head_hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "messaging_stream"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.topic} {self.aggregate_id} at v{self.version}"
