"""The consumer process: takes records from the broker to the inbox, and keeps its place in this site's database."""

import threading
from collections.abc import Sequence
from typing import Any

import structlog
from confluent_kafka import OFFSET_BEGINNING, OFFSET_STORED, Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka import Message as KafkaMessage
from django.db import DatabaseError, InterfaceError, connection

from site_kit.messaging import clock
from site_kit.messaging.configuration import Configuration, configuration, handlers
from site_kit.messaging.crash_points import reached
from site_kit.messaging.inbox import reading
from site_kit.messaging.inbox.arrivals import Record
from site_kit.messaging.inbox.line import retry_due
from site_kit.messaging.inbox.receive import LARGEST_PORTION, Inbox
from site_kit.messaging.instance import claim_instance
from site_kit.messaging.repeater import Repeater
from site_kit.messaging.spare_relay import relay_if_needed
from site_kit.messaging.topic_watch import ReadAnew, TopicWatch

log = structlog.get_logger(__name__)

POLL_S = 0.1
HINT_EVERY_S = 1.0
FIRST_REST_S = 0.1
LONGEST_REST_S = 5.0


def consumer_settings(settings: Configuration, instance: str) -> dict[str, Any]:
    """How this site reads. Where it has no offset of its own, reading stops and says so."""
    return {
        "bootstrap.servers": settings.bootstrap_servers,
        "group.id": settings.consumer_group,
        "group.instance.id": instance,
        "client.id": f"{settings.site}-consumer",
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "auto.offset.reset": "error",
        "partition.assignment.strategy": "cooperative-sticky",
        "session.timeout.ms": 6_000,
        "heartbeat.interval.ms": 2_000,
        "max.poll.interval.ms": 300_000,
        "isolation.level": "read_committed",
        "fetch.min.bytes": 1,
        "fetch.queue.backoff.ms": 50,
        "queued.min.messages": 10_000,
        "queued.max.messages.kbytes": 32_768,
        "topic.metadata.refresh.interval.ms": 10_000,
        "reconnect.backoff.max.ms": 1_000,
        "log_level": 0,
        "error_cb": _note_error,
    }


def _note_error(error: KafkaError) -> None:
    log.warning("consumer_error", code=error.name())


class EventConsumer:
    """One member of the site's consumer group. Any number may run; partitions are shared between them."""

    def __init__(self) -> None:
        handlers()  # a site whose handlers cannot be imported should not begin to listen
        self._settings = configuration()
        self._instance = claim_instance(self._settings.consumer_group)
        self._consumer = Consumer(consumer_settings(self._settings, self._instance.name))
        self._inbox = Inbox()
        self._watch = TopicWatch()
        self._subscribed: frozenset[str] = frozenset()
        self._unfollowed: list[ReadAnew] = []
        self._hints: dict[tuple[str, int], int] = {}
        self._hinted_at_s = clock.elapsed_s()
        self._threads = [
            Repeater("topic-watch", self._watch.look, every_s=10.0),
            Repeater("waiting-keys", retry_due, every_s=1.0),
            Repeater("spare-relay", relay_if_needed, every_s=1.0),
        ]
        self._topic_watch, self._waiting_keys, _ = self._threads

    def run(self, stop: threading.Event) -> None:
        """Listen until `stop` is set; faults of neighbours are waited out."""
        for thread in self._threads:
            thread.start()
        try:
            while not stop.is_set():
                self._turn(stop)
        finally:
            for thread in self._threads:
                thread.stop()
            self._consumer.close()
            self._instance.lock.close()

    def look_at_topics(self) -> None:
        """Ask the broker about topics now rather than within the next 10 s."""
        self._topic_watch.hurry()

    def _turn(self, stop: threading.Event) -> None:
        self._subscribe()
        self._follow_findings()
        records = self._poll(POLL_S)
        if not records:
            return
        self._take(records, stop)
        self._hint(records)

    def _subscribe(self) -> None:
        present = self._watch.present
        if present == self._subscribed:
            return
        names = [self._settings.on_broker(topic) for topic in sorted(present)]
        if names:
            self._consumer.subscribe(names, on_assign=self._on_assign)
        else:
            self._consumer.unsubscribe()
        log.info("subscribed", topics=sorted(present))
        self._subscribed = present

    def _on_assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        """Go on where the database says. Without it, where the broker thinks: that is never ahead of the database."""
        try:
            known = reading.next_offsets({self._settings.off_broker(place.topic) for place in partitions})
        except (DatabaseError, InterfaceError):
            connection.close()
            known = None
        for place in partitions:
            where = (self._settings.off_broker(place.topic), place.partition)
            place.offset = OFFSET_STORED if known is None else known.get(where, OFFSET_BEGINNING)
        consumer.incremental_assign(partitions)
        log.info("partitions_assigned", partitions=len(partitions))

    def _poll(self, timeout_s: float) -> list[Record]:
        first = self._consumer.poll(timeout_s)
        if first is None:
            return []
        # The rest without waiting: consume() with a time-out sits it out to the end.
        messages = [first, *self._consumer.consume(LARGEST_PORTION - 1, 0)]
        return [self._record(message) for message in messages if self._is_record(message)]

    def _is_record(self, message: KafkaMessage) -> bool:
        error = message.error()
        if error is None:
            return True
        if error.code() == KafkaError._AUTO_OFFSET_RESET:
            self._topic_watch.hurry()
        log.warning("record_error", code=error.name(), topic=message.topic(), partition=message.partition())
        return False

    def _record(self, message: KafkaMessage) -> Record:
        headers: Any = message.headers() or ()
        key: Any = message.key()
        return Record(
            topic=self._settings.off_broker(message.topic() or ""),
            partition=message.partition() or 0,
            offset=message.offset() or 0,
            key=key,
            value=message.value(),
            headers=headers,
        )

    def _take(self, records: list[Record], stop: threading.Event) -> None:
        """Hand records to the inbox; during an outage keep them, and stay in the group."""
        rest_s = FIRST_REST_S
        while not stop.is_set():
            try:
                somebody_waits = self._inbox.receive(records)
            except Exception as fault:  # the edge of the loop: nothing may end it
                log.warning("inbox_waits", fault=type(fault).__name__, records=len(records), exc_info=rest_s > 1)
                connection.close()
                records.extend(self._rest(rest_s, stop))
                rest_s = min(rest_s * 2, LONGEST_REST_S)
                continue
            if rest_s > FIRST_REST_S:
                self._consumer.resume(self._consumer.assignment())
            if somebody_waits:
                self._waiting_keys.hurry()
            reached("consumer.after_commit")
            return

    def _rest(self, rest_s: float, stop: threading.Event) -> list[Record]:
        """Read nothing for a while, but keep talking to the broker."""
        came: list[Record] = []
        until_s = clock.elapsed_s() + rest_s
        while clock.elapsed_s() < until_s and not stop.is_set():
            self._consumer.pause(self._consumer.assignment())
            came.extend(self._poll(min(rest_s, POLL_S)))
        return came

    def _follow_findings(self) -> None:
        while not self._watch.findings.empty():
            self._unfollowed.append(self._watch.findings.get())
        self._unfollowed = [finding for finding in self._unfollowed if not self._read_anew(finding)]

    def _read_anew(self, finding: ReadAnew) -> bool:
        """Go on elsewhere, in the database first; False when that has to be tried again."""
        try:
            reading.read_anew(finding.topic, finding.offsets, alarm=finding.alarm)
            self._move(finding)
            reading.note_topic(finding.topic, is_present=True, broker_topic_id=finding.broker_topic_id)
        except (DatabaseError, InterfaceError, KafkaException) as fault:
            log.warning("reading_anew_failed", topic=finding.topic, fault=str(fault))
            connection.close()
            return False
        log.error("reading_anew", topic=finding.topic, offsets=dict(finding.offsets), alarm=finding.alarm)
        return True

    def _move(self, finding: ReadAnew) -> None:
        """Take the partitions of this consumer up again at their new offsets; what was fetched before is dropped."""
        name = self._settings.on_broker(finding.topic)
        mine = [place for place in self._consumer.assignment() if place.topic == name]
        moved = [
            TopicPartition(name, place.partition, finding.offsets[place.partition])
            for place in mine
            if place.partition in finding.offsets
        ]
        self._consumer.incremental_unassign(moved)
        self._consumer.incremental_assign(moved)

    def _hint(self, records: Sequence[Record]) -> None:
        """Tell the broker where we are, once a second, for those who look at lag there."""
        for record in records:
            self._hints[record.topic, record.partition] = record.offset + 1
        if clock.elapsed_s() - self._hinted_at_s < HINT_EVERY_S:
            return
        offsets = [TopicPartition(self._settings.on_broker(t), number, at) for (t, number), at in self._hints.items()]
        try:
            self._consumer.commit(offsets=offsets, asynchronous=True)
        except KafkaException as fault:
            log.info("hint_failed", fault=str(fault))
        self._hints.clear()
        self._hinted_at_s = clock.elapsed_s()
