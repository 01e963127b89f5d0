"""Settings of tests: real PostgreSQL, no broker, no Valkey."""

from inventory_site.settings.base import *  # noqa: F403 - a settings module is its names
from site_kit.settings.for_tests import *  # noqa: F403 - a settings module is its names
