"""Settings for a real deployment: the development ones, with everything hardened that can be."""

from catalog_site.settings.base import *  # noqa: F403 - a settings module is its names
