"""Settings of the sample site: the smallest site the kit can carry, for the kit's own tests and measurements."""

from site_kit.settings import blocks
from site_kit.settings.env import read_env
from site_kit.settings.house import *  # noqa: F403 - a settings module is its names
from site_kit.testing.project.env import SampleEnv

ENV = read_env(SampleEnv)
SITE = ENV.SITE
SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
ROOT_URLCONF = "site_kit.testing.project.urls"
WSGI_APPLICATION = "site_kit.testing.project.wsgi.application"
INSTALLED_APPS = blocks.installed_apps("site_kit.testing.project.shelf.apps.ShelfConfig")
MIDDLEWARE = blocks.MIDDLEWARE
TEMPLATES = blocks.templates()
DATABASES = blocks.databases(ENV)
STATIC_ROOT = ENV.state_dir / "static"
STORAGES = blocks.static(ENV)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = blocks.cookies(ENV)
REST_FRAMEWORK = blocks.rest_framework()
SPECTACULAR_SETTINGS = blocks.spectacular(title="Sample", description="A site without business.")
LOGGING = blocks.logging(ENV)
MESSAGING = blocks.messaging(
    ENV,
    catalogue="site_kit.testing.project.catalogue",
    handlers="site_kit.testing.project.handlers.HANDLERS",
    lock_order="site_kit.testing.project.handlers.LOCK_ORDER",
)
HTTP = blocks.http(ENV, refusals="site_kit.testing.project.refusals.STATUS_OF", deprecations="")
UNFOLD = blocks.unfold(title="Sample Shelf", colour="indigo", symbol="shelves")
BACKOFFICE = blocks.backoffice(
    start_page="site_kit.testing.project.start_page.cards", roles="site_kit.testing.project.roles.ROLES"
)
