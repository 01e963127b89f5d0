"""One form for every log line of a site: JSON for machines, colours for people, nothing personal in either."""

import json
import logging
import re
from collections.abc import MutableMapping, Sequence
from typing import Any

import structlog
from structlog.typing import Processor

from site_kit.context import known
from site_kit.telemetry.faults import fault_of

Event = MutableMapping[str, Any]

WITHHELD = "[withheld]"
# Names of values that never belong into a log; the list catches slips, it is no licence to log the rest.
PERSONAL_OR_SECRET = re.compile(
    r"(e_?mail|phone|passw|secret|token|authorization|cookie|api_?key|street|address|first_?name|last_?name|full_?name)",
    re.IGNORECASE,
)
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FIRST = ("timestamp", "level", "event", "site", "process", "request_id")


def formatter(*, site: str, process: str, console: bool) -> logging.Formatter:
    """The formatter that LOGGING names; making it also configures structlog to hand its events to logging."""
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_chain(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_chain(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _Origin(site, process),
            fault_of,
            withhold,
            *(_console() if console else [_ordered, as_json]),
        ],
    )


def _chain() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        request_id,
    ]


def request_id(logger: Any, method: str, event: Event) -> Event:
    """Add the correlation id, trace and actor kind of the work in hand, where somebody announced it."""
    context = known()
    if context is not None:
        event.setdefault("request_id", context.correlation_id)
        if context.traceparent:
            event.setdefault("trace_id", context.traceparent.split("-")[1])
    return event


class _Origin:
    """Adds which site and process speaks."""

    def __init__(self, site: str, process: str) -> None:
        self.site = site
        self.process = process

    def __call__(self, logger: Any, method: str, event: Event) -> Event:
        event.setdefault("site", self.site)
        event.setdefault("process", self.process)
        return event


def withhold(logger: Any, method: str, event: Event) -> Event:
    """Replace values whose name says that they are personal or secret."""
    for name in event:
        if PERSONAL_OR_SECRET.search(name):
            event[name] = WITHHELD
    return event


def as_json(logger: Any, method: str, event: Event) -> str:
    """One line of plain ASCII: whatever somebody typed, no terminal and no log reader can be led astray by it."""
    return json.dumps(event, default=str, separators=(",", ":"))


def inert(logger: Any, method: str, event: Event) -> Event:
    """Write control characters as escapes, so that a value cannot start a line or move the cursor."""
    for name, value in event.items():
        if name != "exception" and not isinstance(value, int | float | bool | None):
            event[name] = UNSAFE.sub(lambda found: ascii(found[0])[1:-1], str(value))
    return event


def _ordered(logger: Any, method: str, event: Event) -> Event:
    return {name: event[name] for name in _first_then_rest(event)}


def _first_then_rest(event: Event) -> Sequence[str]:
    return [*(name for name in FIRST if name in event), *(name for name in event if name not in FIRST)]


def _console() -> list[Processor]:
    return [inert, structlog.dev.ConsoleRenderer(colors=True, exception_formatter=structlog.dev.plain_traceback)]
