"""Settings of every process of this site, block by block; what every site decides alike stands in the house."""

from catalog_site.settings.env import CatalogEnv
from site_kit.settings import blocks
from site_kit.settings.env import read_env
from site_kit.settings.house import *  # noqa: F403 - what every site decides alike

ENV = read_env(CatalogEnv)  # kept: site_kit.settings.env.site_env() is this object
SITE = ENV.SITE
SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.trusted_origins
ROOT_URLCONF = "catalog_site.urls"
WSGI_APPLICATION = "catalog_site.wsgi.application"
INSTALLED_APPS = blocks.installed_apps("catalog_site.apps.SiteConfig", "catalog_site.domain.apps.CatalogConfig")
MIDDLEWARE = blocks.MIDDLEWARE
TEMPLATES = blocks.templates()
DATABASES = blocks.databases(ENV)
STATIC_URL = "static/"
STATIC_ROOT = ENV.state_dir / "static"
STORAGES = blocks.static(ENV)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = blocks.cookies(ENV)

REST_FRAMEWORK = blocks.rest_framework()
SPECTACULAR_SETTINGS = blocks.spectacular(
    title="First Viscount Product Catalog",
    description="Products, variants, prices, categories and their search.",
    COMPONENT_SPLIT_PATCH=False,  # what may be left out of a PATCH says so itself
)
LOGGING = blocks.logging(ENV)
MESSAGING = blocks.messaging(
    ENV,
    handlers="catalog_site.events.handlers.HANDLERS",
    lock_order="catalog_site.events.handlers.LOCK_ORDER",
)
HTTP = blocks.http(
    ENV,
    refusals="catalog_site.api.errors.STATUS_OF",
    deprecations="catalog_site.api.deprecations.DEPRECATIONS",
    public_reads=("/api/v1/products", "/api/v1/categories", "/api/v1/attributes", "/api/v1/variants"),
)
UNFOLD = blocks.unfold(title="Product Catalog", colour="emerald", symbol="sell")
BACKOFFICE = blocks.backoffice(start_page="catalog_site.admin.start_page.cards", roles="catalog_site.admin.roles.ROLES")

# What this site alone has.
CATALOG_CURRENCIES = ("EUR", "USD", "GBP")  # have a column in the back office; the API takes every currency in use
CATALOG_PUBLIC_URL = ENV.public_url
CATALOG_PICTURES_DIR = ENV.pictures_folder
