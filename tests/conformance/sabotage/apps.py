"""The app that breaks promises while a process starts; only the settings of these tests install it."""

from django.apps import AppConfig


class SabotageConfig(AppConfig):
    """Breaks what CONFORMANCE_BROKEN names and site_kit.http does not break itself."""

    name = "tests.conformance.sabotage"
    label = "sabotage"

    def ready(self) -> None:
        """Break it. After all other apps, before urls, views and loops are loaded."""
        from tests.conformance.sabotage.table import SABOTAGE
        from tests.conformance.settings.under_test import broken

        for name in sorted(broken() & SABOTAGE.keys()):
            SABOTAGE[name]()
