"""Settings of every process of this site, block by block; what every site decides alike stands in the house."""

from inventory_site.settings.env import InventoryEnv
from site_kit.settings import blocks
from site_kit.settings.env import read_env
from site_kit.settings.house import *  # noqa: F403 - what every site decides alike

ENV = read_env(InventoryEnv)  # kept: site_kit.settings.env.site_env() is this object

SITE = ENV.SITE
SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.trusted_origins
ROOT_URLCONF = "inventory_site.urls"
WSGI_APPLICATION = "inventory_site.wsgi.application"
INSTALLED_APPS = blocks.installed_apps("inventory_site.apps.SiteConfig", "inventory_site.domain.apps.InventoryConfig")
MIDDLEWARE = blocks.MIDDLEWARE
TEMPLATES = blocks.templates()
DATABASES = blocks.databases(ENV)
STATIC_URL = "static/"
STATIC_ROOT = ENV.state_dir / "static"
STORAGES = blocks.static(ENV)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = blocks.cookies(ENV)

REST_FRAMEWORK = blocks.rest_framework()
SPECTACULAR_SETTINGS = blocks.spectacular(
    title="First Viscount Inventory", description="What is on the shelf, and to whom it is promised."
)
MESSAGING = blocks.messaging(
    ENV,
    handlers="inventory_site.events.handlers.HANDLERS",
    lock_order="inventory_site.events.handlers.LOCK_ORDER",
)
HTTP = blocks.http(
    ENV,
    refusals="inventory_site.api.errors.STATUS_OF",
    deprecations="inventory_site.api.deprecations.DEPRECATIONS",
)
LOGGING = blocks.logging(ENV)
UNFOLD = blocks.unfold(title="Inventory", colour="amber", symbol="inventory_2")
BACKOFFICE = blocks.backoffice(
    start_page="inventory_site.admin.start_page.cards", roles="inventory_site.admin.roles.ROLES"
)
