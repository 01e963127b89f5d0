"""The site itself as a Django app: its management commands, and its back office once Django is ready."""

from django.apps import AppConfig

from site_kit.backoffice.windows import open_windows


class SiteConfig(AppConfig):
    """Home of the commands and templates; opens the back office."""

    name = "inventory_site"
    label = "inventory_site"
    verbose_name = "Inventory"

    def ready(self) -> None:
        """Register every window."""
        open_windows("inventory_site.admin")
