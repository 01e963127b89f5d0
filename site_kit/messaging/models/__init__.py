"""Rows of the bridge, for reading and for the back office.

The tables are made by SQL migrations and written by the modules of this package in SQL, so every model is
unmanaged; nothing else writes them.
"""

from site_kit.messaging.models.event_log import LoggedEvent, StreamVersion
from site_kit.messaging.models.inbox import ConsumedTopic, ConsumerOffset, InboxStream
from site_kit.messaging.models.outbox import PendingEvent, SchemaRegistration, UnsendableEvent
from site_kit.messaging.models.stalled import ParkedKey, StalledKey, StalledMessage, WaitingKey

__all__ = [
    "ConsumedTopic",
    "ConsumerOffset",
    "InboxStream",
    "LoggedEvent",
    "ParkedKey",
    "PendingEvent",
    "SchemaRegistration",
    "StalledKey",
    "StalledMessage",
    "StreamVersion",
    "UnsendableEvent",
    "WaitingKey",
]
