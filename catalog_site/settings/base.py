"""Settings of every process of this site; each block is made once, from the environment."""

from catalog_site.settings.env import CatalogEnv
from site_kit.settings import blocks
from site_kit.settings.env import read_env

ENV = read_env(CatalogEnv)

SITE = "catalog"
SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
ROOT_URLCONF = "catalog_site.urls"
WSGI_APPLICATION = "catalog_site.wsgi.application"
INSTALLED_APPS = blocks.installed_apps("catalog_site.apps.SiteConfig", "catalog_site.domain.apps.CatalogConfig")
MIDDLEWARE = blocks.MIDDLEWARE
TEMPLATES = blocks.templates()
DATABASES = blocks.databases(ENV)
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

REST_FRAMEWORK = blocks.rest_framework()
SPECTACULAR_SETTINGS = blocks.spectacular(title="First Viscount Product Catalog", description="Products, prices, search.")
MESSAGING = blocks.messaging(
    ENV,
    handlers="catalog_site.events.handlers.HANDLERS",
    lock_order="catalog_site.events.handlers.LOCK_ORDER",
)
HTTP = blocks.http(
    ENV,
    refusals="catalog_site.api.errors.STATUS_OF",
    deprecations="catalog_site.api.deprecations.DEPRECATIONS",
)
LOGGING = blocks.logging(ENV)
UNFOLD = blocks.unfold(title="Product Catalog", colour="emerald")

# What this site alone has.
CATALOG_CURRENCIES = ("EUR", "USD", "GBP")  # offered first in the back office; the API takes any known currency
CATALOG_PUBLIC_URL = ENV.public_url
CATALOG_PICTURES_DIR = ENV.pictures_folder
