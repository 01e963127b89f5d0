"""Traces for OpenTelemetry: nothing is imported and nothing runs unless a collector's address is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from site_kit.context import acting, known

Kind = Literal["server", "client", "producer", "consumer", "internal"]


class Span:
    """One piece of work; this one, used while tracing is off, forgets everything."""

    def named(self, name: str, **attributes: Any) -> None:
        """Give the span its final name and attributes (underscores become dots)."""


_NO_SPAN = Span()
_exporter: Any = None


def start(*, site: str, process: str, endpoint: str) -> None:
    """Begin exporting to an OTLP/HTTP collector; with an empty endpoint nothing happens.

    Call after the last fork: the exporter is a thread, and threads do not survive one.
    """
    global _exporter
    if endpoint and _exporter is None:
        from site_kit.telemetry.trace_export import Exporter  # 15 MB that only a traced site pays

        _exporter = Exporter(site=site, process=process, endpoint=endpoint)


def stop() -> None:
    """Send what is left, waiting for two seconds at most."""
    global _exporter
    if _exporter is not None:
        _exporter.stop()
        _exporter = None


@contextmanager
def span(name: str, *, kind: Kind = "internal", **attributes: Any) -> Iterator[Span]:
    """One span around the block, child of the context's `traceparent`; inside, that is this span's.

    Off: nothing is recorded and a `traceparent` from outside is carried on unchanged.
    """
    if _exporter is None:
        yield _NO_SPAN
        return
    context = known()
    parent = context.traceparent if context else None
    with _exporter.span(name, kind, parent, attributes) as recorded, acting(traceparent=recorded.traceparent):
        yield recorded
