"""Loading the windows of a back office, where there is one."""

import pkgutil
from importlib import import_module

from site_kit.settings.process_kind import has_pages


def open_windows(package: str) -> None:
    """Import every module of the site's admin package, `open_windows("catalog_site.admin")`, so that they register.

    For the `ready` of the site's app. Does nothing in a process that has no pages.
    """
    if has_pages():
        for module in pkgutil.iter_modules(import_module(package).__path__):
            import_module(f"{package}.{module.name}")
