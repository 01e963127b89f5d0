"""Settings of tests: real PostgreSQL, no broker, no Valkey; pictures in a folder that vanishes."""

import atexit
import shutil
import tempfile
from pathlib import Path

from catalog_site.settings.base import *  # noqa: F403 - a settings module is its names
from site_kit.settings.for_tests import *  # noqa: F403 - a settings module is its names

CATALOG_PICTURES_DIR = Path(tempfile.mkdtemp(prefix="catalog-pictures-"))
atexit.register(shutil.rmtree, CATALOG_PICTURES_DIR, ignore_errors=True)
CATALOG_PUBLIC_URL = "http://catalog.test"
