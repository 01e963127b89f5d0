"""What every process of a site starts and stops: the gate, the watch over its parts, traces, its probe port."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from site_kit.processes import database_gate, readiness
from site_kit.processes.part_probes import broker_answers, registry_answers, valkey_answers
from site_kit.processes.probe_server import ProbeServer
from site_kit.settings.env import SiteEnv, site_env
from site_kit.settings.process_kind import ProcessKind
from site_kit.telemetry import tracing

PORT_OFFSETS: dict[ProcessKind, int] = {"worker": 1000, "consumer": 2000}

_server: ProbeServer | None = None


def begin(kind: ProcessKind) -> None:
    """Start this process's threads; after the last fork. A worker and a consumer also open their probe port.

    Raises `OSError` when that port is taken.
    """
    global _server
    env = site_env()
    database_gate.start()
    readiness.parts.start(
        {
            "broker": partial(broker_answers, env.kafka_bootstrap_servers),
            "registry": partial(registry_answers, env.schema_registry_url),
            "valkey": partial(valkey_answers, env.valkey_url),
        }
    )
    tracing.start(site=env.SITE, process=kind, endpoint=env.otlp_endpoint)
    if kind in PORT_OFFSETS and _server is None:
        _server = _probe_server(env, env.port + PORT_OFFSETS[kind])


def end() -> None:
    """Stop what `begin` started."""
    global _server
    if _server is not None:
        _server.stop()
        _server = None
    tracing.stop()
    readiness.parts.stop()
    database_gate.stop()


@contextmanager
def running(kind: ProcessKind) -> Iterator[None]:
    """Be a process of that kind while the block runs: `with running("consumer"): consume()`."""
    begin(kind)
    try:
        yield
    finally:
        end()


def _probe_server(env: SiteEnv, port: int) -> ProbeServer:
    token = env.metrics_token.get_secret_value() if env.metrics_token else None
    server = ProbeServer(host=env.bind, port=port, metrics_token=token)
    server.start()
    return server
