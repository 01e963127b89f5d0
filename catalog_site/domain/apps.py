"""The domain as a Django app."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Tables `catalog_*`."""

    name = "catalog_site.domain"
    label = "catalog"
    verbose_name = "Catalog"
    default_auto_field = "django.db.models.BigAutoField"
