"""The bridge's kinds of background work."""

import structlog

from site_kit.messaging import partitions, publishing
from site_kit.messaging.relay_turn import relay_until_quiet
from site_kit.messaging.standing import standing
from site_kit.messaging.wake_delivery import RELAY_TASK
from site_kit.tasks.periodic import periodic

log = structlog.get_logger(__name__)


@periodic(every_s=1, name=RELAY_TASK, claimed=False)
def relay_outbox() -> None:
    """Send what is pending; called after commits, and by every beat in case a call got lost."""
    relay_until_quiet()


@periodic(every_s=5, name="messaging.publish_contracts", at_most_s=120)
def publish_contracts() -> None:
    """Make topics and register schemas until it worked, and look after them every ten minutes."""
    if not publishing.is_published():
        publishing.publish_contracts()


@periodic(every_s=6 * 3600, name="messaging.keep_partitions")
def keep_partitions() -> None:
    """Make the next partitions, drop inbox days that may go; rows in a default partition are an alarm."""
    partitions.keep_partitions()
    if standing().misplaced_rows:
        log.error("default_partition_not_empty")
