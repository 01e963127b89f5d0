"""Every 10 s: are the topics this site listens to there, the same as before, and where reading stands?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue

import structlog

from site_kit.messaging.inbox import reading
from site_kit.messaging.inbox.arrivals import listened_topics
from site_kit.messaging.inbox.ledger import Partition
from site_kit.messaging.topics import Reach, Topics

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ReadAnew:
    """Reading of these partitions of a topic must go on elsewhere; `alarm` says what happened."""

    topic: str
    offsets: Mapping[int, int]
    alarm: str
    broker_topic_id: str = ""


@dataclass(slots=True)
class TopicWatch:
    """Looks from a thread of its own; the consumer reads `present` and takes what is in `findings`."""

    topics: Topics = field(default_factory=Topics)
    present: frozenset[str] = frozenset()
    findings: "SimpleQueue[ReadAnew]" = field(default_factory=SimpleQueue)

    def look(self) -> None:
        """Ask once. Raises KafkaException when the broker does not answer."""
        listened = listened_topics()
        partitions = self.topics.partitions(listened)
        self._note_absent(listened - partitions.keys())
        self.present = frozenset(partitions)  # before the rest, which a topic just made may not answer yet
        self._look_at_reading(partitions, self.topics.ids(partitions))

    def _note_absent(self, absent: set[str]) -> None:
        for topic in sorted(absent):
            reading.note_topic(topic, is_present=False)
        if absent & self.present:
            log.error("topics_gone", topics=sorted(absent & self.present))

    def _look_at_reading(self, partitions: Mapping[str, int], ids: Mapping[str, str]) -> None:
        known_ids = reading.known_topic_ids()
        stands_at = reading.next_offsets(partitions)  # before the ends are asked: those only grow
        reach = self.topics.reach((topic, number) for topic, count in partitions.items() for number in range(count))
        reading.save_ends({partition: seen.end for partition, seen in reach.items()})
        for topic in sorted(partitions):
            finding = judge(topic, stands_at, reach, known_ids.get(topic, ""), ids.get(topic, ""))
            if finding is None:
                reading.note_topic(topic, is_present=True, broker_topic_id=ids.get(topic, ""))
            else:
                self.findings.put(finding)


def judge(
    topic: str, stands_at: Mapping[Partition, int], reach: Mapping[Partition, Reach], known_id: str, id_now: str
) -> ReadAnew | None:
    """What is wrong with where reading of a topic stands, if anything is."""
    first = {number: seen.first for (name, number), seen in reach.items() if name == topic}
    if known_id and id_now and known_id != id_now:
        return ReadAnew(topic, first, "the topic was made anew; it is read from its first record", id_now)
    mine = {number: offset for (name, number), offset in stands_at.items() if name == topic and number in first}
    beyond = {n: first[n] for n, offset in mine.items() if offset > reach[topic, n].end}
    if beyond:
        return ReadAnew(topic, beyond, f"reading stood beyond the end of partitions {sorted(beyond)}", id_now)
    missed = {n: first[n] for n, offset in mine.items() if offset < first[n]}
    if missed:
        return ReadAnew(topic, missed, f"records were gone before they were read: partitions {sorted(missed)}", id_now)
    return None
