"""The Django app of site_kit.http: one table (idempotency), system checks."""

from django.apps import AppConfig

from site_kit.settings.process_kind import has_pages


class HttpConfig(AppConfig):
    """HTTP as every site speaks it."""

    name = "site_kit.http"
    label = "http"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and refuse a configuration that breaks promises in earnest.

        Worker and consumer serve no API: without the checks they never import DRF (17 MB and half a second each).
        """
        from site_kit.http.options import options

        options()
        if has_pages():
            from site_kit.http import checks  # noqa: F401 - importing registers them
