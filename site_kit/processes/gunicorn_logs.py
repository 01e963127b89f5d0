"""gunicorn's own lines in the form of every other line."""

from typing import Any

from gunicorn.glogging import Logger


class SiteLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Leaves the handlers to LOGGING; requests are logged by the site."""

    def setup(self, cfg: Any) -> None:
        """Pass everything up to the root logger."""
        self.error_log.propagate = True
        self.error_log.handlers.clear()
        self.access_log.disabled = True
