"""Settings for tests: real PostgreSQL, no broker, no Valkey."""

from catalog_site.settings.base import *  # noqa: F403 - a settings module is its names
