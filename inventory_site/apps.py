"""The site itself as a Django app: its management commands, and its back office once Django is ready."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Home of the commands; loads every window of the back office."""

    name = "inventory_site"
    label = "inventory_site"
    verbose_name = "Inventory"

    def ready(self) -> None:
        """Register the back office, one module per window."""
        for module in sorted((Path(__file__).parent / "admin").glob("[a-z]*.py")):
            import_module(f"inventory_site.admin.{module.stem}")
