"""The back office as a Django app, and Django's admin with our site in it."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from site_kit.settings.process_kind import has_pages


class BackofficeConfig(AppConfig):
    """Staff accounts, the look, and the windows every site has."""

    name = "site_kit.backoffice"
    label = "backoffice"
    verbose_name = "Staff"
    default = True


class BackofficeAdminConfig(AdminConfig):
    """Django's admin with the back office as its default site."""

    default = False
    default_site = "site_kit.backoffice.site.BackOffice"

    def ready(self) -> None:
        """Load the windows of every app, in processes that show them."""
        if has_pages():
            super().ready()
