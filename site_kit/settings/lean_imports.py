"""Keeps out what libraries import only because it happens to be installed.

Measured in a worker: redis brings the whole OpenTelemetry SDK (10 MB), structlog brings rich and pygments (6 MB), none
of which a site without a collector ever calls. A site has three processes, a machine may have six sites.
"""

import os
import sys

from site_kit.settings.process_kind import SERVERS, process_kind


def keep_out() -> None:
    """Refuse some imports for good, and one for as long as structlog looks for it; safe to repeat."""
    if process_kind() in SERVERS and not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        sys.modules.setdefault("opentelemetry", None)  # type: ignore[arg-type]  # None is how an import is refused
    if "structlog" not in sys.modules and "rich" not in sys.modules:
        sys.modules["rich"] = None  # type: ignore[assignment]  # as above
        import structlog  # noqa: F401 - looks for rich once, now

        del sys.modules["rich"]  # commands draw their progress with it


keep_out()
