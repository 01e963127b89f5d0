"""How far this site has listened."""

from django.db import models


class InboxStream(models.Model):
    """The last version seen of another site's aggregate, handled or not."""

    pk = models.CompositePrimaryKey("topic", "aggregate_id")
    topic = models.TextField()
    aggregate_id = models.TextField()
    version = models.IntegerField()

    class Meta:
        managed = False
        db_table = "messaging_inbox_stream"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.topic} {self.aggregate_id} seen to v{self.version}"


class ConsumerOffset(models.Model):
    """Where reading goes on; the broker's own offsets are only a hint. `end_offset` as last asked."""

    pk = models.CompositePrimaryKey("topic", "partition_number")
    topic = models.TextField()
    partition_number = models.IntegerField()
    next_offset = models.BigIntegerField()
    end_offset = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = "messaging_consumer_offset"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition_number} from {self.next_offset}"


class ConsumedTopic(models.Model):
    """A topic as the broker knew it when it was last read, so that one made anew is noticed."""

    topic = models.TextField(primary_key=True)
    is_present = models.BooleanField()
    broker_topic_id = models.TextField()
    alarm = models.TextField()
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "messaging_consumed_topic"
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.topic
