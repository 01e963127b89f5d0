"""The Django app of site_kit.http: one table (idempotency), system checks."""

from django.apps import AppConfig


class HttpConfig(AppConfig):
    """HTTP as every site speaks it."""

    name = "site_kit.http"
    label = "http"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and refuse a configuration that breaks promises in earnest."""
        from site_kit.http import checks  # noqa: F401 - importing registers them
        from site_kit.http.options import options

        options()
