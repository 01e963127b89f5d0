"""Settings for mypy alone: every site's apps together, because django-stubs reads one settings module.

One pass then checks all sites, where one pass for each would check the chassis again each time. No process ever
runs with these settings; names that only one site has are seen in all.
"""

import importlib
import os
import tempfile
from pathlib import Path

SITES = sorted(file.parent.parent.name for file in Path(__file__).parents[2].glob("*_site/settings/base.py"))

for site in SITES:
    prefix = site.removesuffix("_site").upper()
    os.environ.setdefault(f"{prefix}_DATABASE_URL", "postgresql://nobody:none@127.0.0.1:1/none")
    os.environ.setdefault(f"{prefix}_SECRET_KEY", "only-for-types-" * 4)
    os.environ.setdefault(f"{prefix}_STATE_DIR", tempfile.gettempdir())

_apps: dict[str, None] = {}
for site in SITES:
    names = vars(importlib.import_module(f"{site}.settings.base"))
    globals().update({name: value for name, value in names.items() if name.isupper()})
    _apps.update(dict.fromkeys(names["INSTALLED_APPS"]))
INSTALLED_APPS = [*_apps, "site_kit.messaging.tests.shop"]  # the toy site that the bridge is tested with
