"""Keys that cannot go on: waiting ones go on by themselves, parked ones need a person."""

from typing import Any, ClassVar

from django.db import models


class StalledKey(models.Model):
    """One aggregate whose messages stand in line; all other keys go on.

    `reason`: gap, awaiting, timeout, schema (waiting); failed, undecodable, fork (parked).
    """

    WAITING = "waiting"
    PARKED = "parked"

    id = models.BigAutoField(primary_key=True)
    topic = models.TextField()
    aggregate_id = models.TextField("aggregate")
    state = models.TextField()
    reason = models.TextField()
    since = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    alarmed = models.BooleanField(default=False)
    awaits_topic = models.TextField(null=True)  # noqa: DJ001 - nothing awaited differs from an empty name
    awaits_aggregate_id = models.TextField(null=True)  # noqa: DJ001 - as above
    awaits_version = models.IntegerField(null=True)
    error_class = models.TextField(default="")
    error = models.TextField(default="")
    traceback = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "messaging_stalled_key"
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return f"{self.topic} {self.aggregate_id} ({self.reason})"


class _InState(models.Manager[Any]):
    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(state=self.state)


class ParkedKey(StalledKey):
    """A key that stands still until somebody retries or skips its first message."""

    objects: ClassVar[_InState] = _InState(StalledKey.PARKED)

    class Meta:
        proxy = True
        default_permissions = ("view", "change")
        verbose_name = "parked key"
        verbose_name_plural = "parked keys"


class WaitingKey(StalledKey):
    """A key that is tried again by itself."""

    objects: ClassVar[_InState] = _InState(StalledKey.WAITING)

    class Meta:
        proxy = True
        default_permissions = ("view", "change")
        verbose_name = "waiting key"
        verbose_name_plural = "waiting keys"


class StalledMessage(models.Model):
    """A record kept as it came, waiting for its turn; `headers` is JSON, names and values as latin-1 text."""

    id = models.BigAutoField(primary_key=True)
    topic = models.TextField()
    aggregate_id = models.TextField("aggregate")
    version = models.IntegerField(null=True)
    event_id = models.UUIDField(null=True)
    type = models.TextField()
    partition_number = models.IntegerField()
    record_offset = models.BigIntegerField()
    headers = models.TextField()
    key = models.BinaryField(null=True)
    value = models.BinaryField(null=True)
    stalled_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "messaging_stalled_message"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.type} v{self.version}"
