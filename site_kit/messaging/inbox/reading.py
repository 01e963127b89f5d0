"""Where reading stands, as rows: offsets, ends, and the topics as the broker knew them."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from site_kit.messaging import clock
from site_kit.messaging.database import fast_cursor
from site_kit.messaging.inbox.ledger import Partition
from site_kit.messaging.models import ConsumedTopic, ConsumerOffset

_SAVE_ENDS = """
    UPDATE messaging_consumer_offset AS kept SET end_offset = seen.end_offset
    FROM unnest(%b::text[], %b::int[], %b::bigint[]) AS seen (topic, number, end_offset)
    WHERE kept.topic = seen.topic AND kept.partition_number = seen.number AND kept.end_offset <> seen.end_offset
"""


def next_offsets(topics: Iterable[str]) -> dict[Partition, int]:
    """Where reading of each partition goes on; partitions never read are absent."""
    rows = ConsumerOffset.objects.filter(topic__in=list(topics))
    return {(row.topic, row.partition_number): row.next_offset for row in rows}


def save_ends(ends: Mapping[Partition, int]) -> None:
    """Remember how far the broker is, for the lag."""
    rows = [(topic, number, end) for (topic, number), end in sorted(ends.items())]
    with fast_cursor() as cursor:
        cursor.execute(_SAVE_ENDS, [[row[i] for row in rows] for i in range(3)])


def known_topic_ids() -> dict[str, str]:
    """The broker's id of every topic that was read, where it has one."""
    return dict(ConsumedTopic.objects.exclude(broker_topic_id="").values_list("topic", "broker_topic_id"))


def note_topic(topic: str, *, is_present: bool, broker_topic_id: str = "") -> None:
    """Remember whether the broker has a topic, and as which; an id that is not known keeps the old one."""
    values: dict[str, object] = {"is_present": is_present}
    if broker_topic_id:
        values["broker_topic_id"] = broker_topic_id
    ConsumedTopic.objects.update_or_create(topic=topic, defaults=values)


def read_anew(topic: str, offsets: Mapping[int, int], *, alarm: str) -> None:
    """Go on reading partitions of a topic at these offsets, whatever was read before, and raise the alarm.

    Nothing is handled twice by it: versions and ids tell what is known.
    """
    with transaction.atomic():
        for number, offset in sorted(offsets.items()):
            ConsumerOffset.objects.update_or_create(
                topic=topic, partition_number=number, defaults={"next_offset": offset}
            )
        ConsumedTopic.objects.update_or_create(
            topic=topic, defaults={"is_present": True, "alarm": alarm, "alarmed_at": clock.now()}
        )
