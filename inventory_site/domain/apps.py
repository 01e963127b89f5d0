"""The domain as a Django app."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    """Tables `inventory_*`."""

    name = "inventory_site.domain"
    label = "inventory"
    verbose_name = "Inventory"
    default_auto_field = "django.db.models.BigAutoField"
