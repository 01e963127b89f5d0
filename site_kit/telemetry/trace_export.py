"""The only module that imports OpenTelemetry."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as RecordedSpan
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from site_kit.telemetry.tracing import Kind, Span

EXPORT_TIMEOUT_S = 2
LAST_FLUSH_MS = 2_000
PROPAGATOR = TraceContextTextMapPropagator()


class Exporter:
    """Sends spans in batches from a thread; a collector that is away loses spans, never a request."""

    def __init__(self, *, site: str, process: str, endpoint: str) -> None:
        resource = Resource.create({"service.name": f"{site}-{process}", "service.namespace": site})
        self._provider = TracerProvider(resource=resource)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=EXPORT_TIMEOUT_S)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("site_kit")

    @contextmanager
    def span(
        self, name: str, kind: Kind, traceparent: str | None, attributes: Mapping[str, Any]
    ) -> Iterator["ExportedSpan"]:
        """Record the block as a child of `traceparent`; a fault marks it and goes on."""
        parent = PROPAGATOR.extract({"traceparent": traceparent} if traceparent else {})
        with self._tracer.start_as_current_span(
            name,
            context=parent,
            kind=SpanKind[kind.upper()],
            attributes=_dotted(attributes),
            record_exception=False,  # its message may hold personal data
            set_status_on_exception=False,
        ) as recorded:
            try:
                yield ExportedSpan(recorded)
            except Exception as fault:
                recorded.set_status(Status(StatusCode.ERROR, type(fault).__name__))
                raise

    def stop(self) -> None:
        """Flush within two seconds."""
        self._provider.force_flush(LAST_FLUSH_MS)
        self._provider.shutdown()


class ExportedSpan(Span):
    """A span that will be sent."""

    def __init__(self, recorded: RecordedSpan) -> None:
        self._recorded = recorded

    @property
    def traceparent(self) -> str:
        """The W3C header that makes others children of this span."""
        seen = self._recorded.get_span_context()
        return f"00-{seen.trace_id:032x}-{seen.span_id:016x}-{int(seen.trace_flags):02x}"

    def named(self, name: str, **attributes: Any) -> None:
        """Give the span its final name and attributes."""
        self._recorded.update_name(name)
        self._recorded.set_attributes(_dotted(attributes))


def _dotted(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "."): value for name, value in attributes.items()}
