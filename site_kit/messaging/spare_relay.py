"""Another relay for bad days: the consumer process drains when wakes cannot travel or nobody drains."""

from datetime import timedelta

from django.db.models import Min

from site_kit.messaging import clock
from site_kit.messaging.configuration import configuration
from site_kit.messaging.models import PendingEvent
from site_kit.messaging.relay import drain
from site_kit.processes.part_probes import valkey_answers

OLD = timedelta(seconds=3)


def relay_if_needed() -> int:
    """Drain when something is pending and Valkey is away, or it has been pending for long; returns how many were sent.

    Safe beside the worker's relay: only one drains at a time.
    """
    oldest = PendingEvent.objects.aggregate(at=Min("recorded_at"))["at"] if PendingEvent.objects.exists() else None
    if oldest is None:
        return 0
    if clock.now() - oldest < OLD and valkey_answers(configuration().valkey_url):
        return 0
    return drain(budget_s=5.0).sent
