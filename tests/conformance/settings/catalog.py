"""Settings of the catalog site under test."""

from catalog_site.settings import base
from catalog_site.settings.base import *  # noqa: F403 - a settings module is its names
from tests.conformance.settings import under_test

HTTP = under_test.http(base.HTTP)
INSTALLED_APPS = under_test.apps(base.INSTALLED_APPS)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = under_test.cookies(base.SESSION_COOKIE_NAME, base.CSRF_COOKIE_NAME)
