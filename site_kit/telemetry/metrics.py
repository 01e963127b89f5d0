"""What `/metrics` says: the process kind's counters, joined with gauges read from the database at that moment."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from django.apps import apps
from django.utils.module_loading import import_string

from site_kit.processes import database_gate

log = structlog.get_logger(__name__)
MULTIPROCESS_DIR = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number (or one per label set) as it is now."""

    name: str
    description: str
    samples: Iterable[tuple[Mapping[str, str], float]] = field(default_factory=tuple)


ReadGauges = Callable[[], Iterable[Gauge]]
_readers: list[ReadGauges] = []


def read_with(reader: ReadGauges) -> ReadGauges:
    """Add a function whose gauges join every answer of `/metrics`; usable as a decorator in an app's `ready`.

    It is called in the request, so its queries are few and cheap. All process kinds answer the same
    gauges: dashboards take the maximum over them, not the sum.
    """
    if reader not in _readers:
        _readers.append(reader)
    return reader


def render_metrics() -> tuple[bytes, str]:
    """The exposition text and its content type. Without the database the gauges are left out, the rest stays."""
    return b"".join([_counted(), *_read()]), CONTENT_TYPE


def use_multiprocess_dir(folder: Path) -> None:
    """Let several processes count together in `folder`, emptied now.

    Call in the first process of the kind and before anything imports prometheus_client, which looks
    at the environment once. Single processes need none of this.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[MULTIPROCESS_DIR] = str(folder)


def forget_process(pid: int) -> None:
    """Drop the live gauges of a process that died; its counters stay, they happened."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _counted() -> bytes:
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

    if MULTIPROCESS_DIR not in os.environ:
        return generate_latest(REGISTRY)
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _read() -> Iterator[bytes]:
    if not database_gate.is_open():
        return
    for reader in [_gauges_of_the_bridge, *_readers]:
        try:
            yield b"".join(_exposed(gauge) for gauge in reader())
        except Exception as fault:  # a scrape must show the rest, which says what is wrong
            log.warning("gauges_unread", reader=reader.__module__, fault=type(fault).__name__)


def _gauges_of_the_bridge() -> Iterable[Gauge]:
    if not apps.is_installed("site_kit.messaging"):
        return ()
    gauges: Iterable[Gauge] = import_string("site_kit.messaging.metrics.gauges")()
    return gauges


def _exposed(gauge: Gauge) -> bytes:
    lines = [f"# HELP {gauge.name} {_escaped(gauge.description)}", f"# TYPE {gauge.name} gauge"]
    lines += [f"{gauge.name}{_labels(labels)} {float(value)}" for labels, value in gauge.samples]
    return ("\n".join(lines) + "\n").encode()


def _labels(labels: Mapping[str, str]) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
