"""For the tests of a site: what was told, and hearing an event without a broker.

`told` and `hear` are pytest fixtures, registered by the plugin of `site_kit.testing`. Both work inside the
test's own transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Max

from site_kit.context import current
from site_kit.messaging import clock
from site_kit.messaging.configuration import catalogue, configuration
from site_kit.messaging.emit import STAFF_CHANGED
from site_kit.messaging.envelope import Envelope, headers_for, prefix_for
from site_kit.messaging.event import Event
from site_kit.messaging.event_log import Stream
from site_kit.messaging.identifiers import uuid7
from site_kit.messaging.inbox import ledger
from site_kit.messaging.inbox.arrivals import Record
from site_kit.messaging.inbox.line import retry_due
from site_kit.messaging.inbox.receive import Inbox
from site_kit.messaging.models import ConsumerOffset, LoggedEvent, StalledKey, StalledMessage

ANY_REGISTRY_ID = 1


def told_since(log_id: int) -> list[Any]:
    """The published events logged after that log id, decoded, in order."""
    rows = LoggedEvent.objects.filter(id__gt=log_id, published=True).order_by("id")
    return [catalogue().EVENTS[row.type].from_bytes(bytes(row.data), row.schema_fp) for row in rows]


def staff_changes_since(log_id: int) -> list[LoggedEvent]:
    """The unpublished changes logged after that log id, in order."""
    return list(LoggedEvent.objects.filter(id__gt=log_id, type=STAFF_CHANGED).order_by("id"))


def record_for(
    event: Event,
    *,
    version: int,
    offset: int = 0,
    partition: int = 0,
    event_id: UUID | None = None,
    correlation_id: str | None = None,
    value: bytes | None = None,
) -> Record:
    """An event as the broker would deliver it; `value` replaces the bytes, to see what foreign ones do."""
    now = clock.now()
    envelope = Envelope(
        event_id=event_id or uuid7(now),
        type=event.TYPE,
        version=version,
        occurred_at=now,
        correlation_id=correlation_id or current().correlation_id,
        causation_id=None,
        schema_fp=event.FINGERPRINT,
        traceparent=None,
    )
    source = f"/{catalogue().TOPICS[event.TOPIC].site}"
    headers = headers_for(envelope, source=source, subject=event.aggregate_id)
    return Record(
        topic=event.TOPIC,
        partition=partition,
        offset=offset,
        key=event.aggregate_id.encode(),
        value=prefix_for(ANY_REGISTRY_ID) + event.to_bytes() if value is None else value,
        headers=[(name, text.encode() if isinstance(text, str) else text) for name, text in headers],
    )


class Ear:
    """Hears events the way the consumer does: next version, next offset, the site's own handlers."""

    def __init__(self) -> None:
        self._inbox = Inbox()

    def __call__(self, *events: Event, parked: bool = False, correlation_id: str | None = None) -> None:
        """Run the inbox on events in the order given, then whatever waits and may go on.

        A message that ends up parked fails the test with its error unless `parked=True`.
        """
        known = set(StalledKey.objects.filter(state=StalledKey.PARKED).values_list("pk", flat=True))
        self._inbox.receive(self.records(events, correlation_id=correlation_id))
        ledger.set_limits(statement_s=0, lock_s=0)
        retry_due()
        newly = StalledKey.objects.filter(state=StalledKey.PARKED).exclude(pk__in=known)
        if newly and not parked:
            raise AssertionError(f"parked: {newly[0]}: {newly[0].error}\n{newly[0].traceback}")

    def records(self, events: Sequence[Event], *, correlation_id: str | None = None) -> list[Record]:
        """The records of events that come next in their streams and partitions."""
        streams = {Stream(event.TOPIC, event.aggregate_id) for event in events}
        versions: dict[Stream, int] = defaultdict(int, {s: _last_version(s) for s in streams})
        offsets: dict[str, int] = defaultdict(int)
        for kept in ConsumerOffset.objects.filter(partition_number=0):
            offsets[kept.topic] = kept.next_offset
        records = []
        for event in events:
            stream = Stream(event.TOPIC, event.aggregate_id)
            versions[stream] += 1
            records.append(
                record_for(event, version=versions[stream], offset=offsets[event.TOPIC], correlation_id=correlation_id)
            )
            offsets[event.TOPIC] += 1
        return records


def _last_version(stream: Stream) -> int:
    in_line = StalledMessage.objects.filter(**stream._asdict()).aggregate(last=Max("version"))["last"]
    return max(ledger.versions_of([stream]).get(stream, 0), in_line or 0)


@pytest.fixture
def told(db: None) -> Callable[[], list[Any]]:
    """`told()`: the events this site published since the test began, decoded, in order."""
    before = LoggedEvent.objects.aggregate(last=Max("id"))["last"] or 0
    return lambda: told_since(before)


@pytest.fixture
def hear(db: None) -> Ear:
    """`hear(event, …)`: this site's inbox takes events over as if the broker had brought them."""
    configuration()
    return Ear()
