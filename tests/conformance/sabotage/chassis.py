"""Promises of the processes."""

from typing import Any

from tests.conformance.sabotage.entries import breaks, replaced


@breaks("starts_alone")
def need_the_broker_to_start() -> None:
    """A process ends when the broker does not answer."""
    from django.conf import settings

    from site_kit.processes.part_probes import broker_answers

    if not broker_answers(settings.MESSAGING["BOOTSTRAP_SERVERS"]):
        raise SystemExit("the broker does not answer")


@breaks("degraded_names_the_part")
def trust_in_valkey() -> None:
    """Valkey is always said to be there."""
    from site_kit.processes import lifecycle

    replaced(lifecycle, "valkey_answers", lambda url: True)


@breaks("recovers_by_itself")
def stay_closed() -> None:
    """A gate that closed never opens again."""
    from site_kit.processes.database_gate import DatabaseGate

    usual = DatabaseGate._open_up
    closed: list[bool] = []

    def shut(gate: Any, why: str) -> None:
        closed.append(True)
        gate._open = False

    replaced(DatabaseGate, "_shut", shut)
    replaced(DatabaseGate, "_open_up", lambda gate: None if closed else usual(gate))


@breaks("metrics_on_every_port")
def leave_the_gauges_out() -> None:
    """Counters only."""
    from site_kit.telemetry import metrics

    replaced(metrics, "_gauges_of_the_bridge", lambda: ())


@breaks("metrics_join_both_workers")
def show_own_counters() -> None:
    """Each worker shows what it counted itself."""
    from prometheus_client import REGISTRY, generate_latest

    from site_kit.telemetry import metrics

    replaced(metrics, "_counted", lambda: generate_latest(REGISTRY))
