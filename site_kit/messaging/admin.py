"""The back office of the bridge: the log, what is on its way, and what stands still."""

from site_kit.messaging.windows.event_log import LoggedEventAdmin
from site_kit.messaging.windows.outbox import PendingEventAdmin, UnsendableEventAdmin
from site_kit.messaging.windows.stalled_keys import ParkedKeyAdmin, WaitingKeyAdmin
from site_kit.messaging.windows.topics import ConsumedTopicAdmin

__all__ = [
    "ConsumedTopicAdmin",
    "LoggedEventAdmin",
    "ParkedKeyAdmin",
    "PendingEventAdmin",
    "UnsendableEventAdmin",
    "WaitingKeyAdmin",
]
