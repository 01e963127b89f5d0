"""What an operator wants to see: counters of this process, gauges read from the database when asked."""

from collections import Counter as CountOf
from collections.abc import Sequence
from typing import TYPE_CHECKING

from prometheus_client import Counter, Histogram

from site_kit.messaging import clock
from site_kit.messaging.standing import standing
from site_kit.telemetry.metrics import Gauge

if TYPE_CHECKING:
    from site_kit.messaging.inbox.arrivals import Arrival
    from site_kit.messaging.inbox.decisions import Decisions
    from site_kit.messaging.outbox import Claimed

_LATENCY_SAMPLE = 50
RELAYED = Counter("messaging_relayed", "Events acknowledged by the broker.", ["topic"])
RELAY_LATENCY = Histogram(
    "messaging_relay_latency_seconds",
    "From logging an event to the broker's acknowledgement.",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)
HANDLED = Counter("messaging_handled", "Messages whose handler did its work.", ["type"])
UNHEARD = Counter("messaging_unheard", "Messages of types this site has no handler for.")
DUPLICATES = Counter("messaging_duplicates", "Messages that had come before.")
STALLED = Counter("messaging_stalled", "Keys that began to stand still.", ["reason"])


def count_relayed(events: "Sequence[Claimed]") -> None:
    """Count events the broker acknowledged, and how long they took (of a large batch, a sample)."""
    now = clock.now()
    for topic, number in CountOf(event.topic for event in events).items():
        RELAYED.labels(topic).inc(number)
    for event in events[:: max(1, len(events) // _LATENCY_SAMPLE)]:
        RELAY_LATENCY.observe((now - event.occurred_at).total_seconds())


def count_portion(decisions: "Decisions") -> None:
    """Count what became of a portion, after its commit."""
    DUPLICATES.inc(len(decisions.duplicates))
    UNHEARD.inc(decisions.unheard)
    for name, number in CountOf(_type_of(arrival) for arrival in decisions.to_handle).items():
        HANDLED.labels(name).inc(number)
    for _, cause in decisions.to_stall:
        if cause is not None:
            STALLED.labels(cause.reason.value).inc()


def count_from_line(arrival: "Arrival") -> None:
    """Count a message that was handled after standing in line."""
    HANDLED.labels(_type_of(arrival)).inc()


def _type_of(arrival: "Arrival") -> str:
    return arrival.envelope.type if arrival.envelope else ""


def gauges() -> list[Gauge]:
    """How things stand in the database at this moment, for `/metrics`; one query."""
    now = standing()
    values = {
        "messaging_outbox_pending": ("Events not acknowledged by the broker (100001: more).", now.pending),
        "messaging_outbox_oldest_seconds": ("Age of the oldest pending event.", now.oldest_pending_s),
        "messaging_outbox_refused": ("Events the broker refused, and those behind them.", now.refused),
        "messaging_waiting_keys": ("Keys that wait and are tried again.", now.waiting_keys),
        "messaging_parked_keys": ("Keys that wait for a person.", now.parked_keys),
        "messaging_stalled_oldest_seconds": ("How long the longest key has stood still.", now.oldest_stalled_s),
        "messaging_lag_records": ("Records on the broker not read yet, as of the last look.", now.lag_records),
        "messaging_absent_topics": ("Topics listened to that the broker does not have.", now.absent_topics),
        "messaging_topic_alarms": ("Topics whose reading had to start anew.", now.topic_alarms),
        "messaging_default_partition_rows": ("1 when a default partition holds rows.", now.misplaced_rows),
    }
    return [Gauge(name, about, [({}, float(value))]) for name, (about, value) in values.items()]
