"""The domain as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Tables `catalog_*`."""

    name = "catalog_site.domain"
    label = "catalog"
    verbose_name = "Catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("catalog_site.domain.checks")
