"""The sample site under test."""

from site_kit.settings.for_tests import *  # noqa: F403 - laid over the site's own
from site_kit.testing.project.settings import *  # noqa: F403 - a settings module is its names
