"""A tiny site of its own, so that the bridge is tested without any real one.

Addresses come from the environment: MESSAGING_TEST_DATABASE_URL (a role that may create databases),
KAFKA_BOOTSTRAP_SERVERS, SCHEMA_REGISTRY_URL, VALKEY_URL. Processes started by a test inherit its topic prefix and, as
MESSAGING_TEST_DATABASE, its database.
"""

import os
import tempfile
from typing import ClassVar
from urllib.parse import urlsplit
from uuid import uuid4

from site_kit.settings import blocks
from site_kit.settings.env import SiteEnv, read_env
from site_kit.settings.for_tests import *  # noqa: F403 - a settings module is its names
from site_kit.settings.house import *  # noqa: F403 - as above

_server = os.environ.get("MESSAGING_TEST_DATABASE_URL", "postgresql://postgres:postgres@127.0.0.1:25432/postgres")
_database = os.environ.get("MESSAGING_TEST_DATABASE")
os.environ["SHOP_DATABASE_URL"] = urlsplit(_server)._replace(path=f"/{_database}").geturl() if _database else _server
os.environ.setdefault("SHOP_SECRET_KEY", f"for-tests-{uuid4().hex}")
os.environ.setdefault("SHOP_STATE_DIR", tempfile.gettempdir())
os.environ.setdefault("TOPIC_PREFIX", f"bridge-{uuid4().hex[:8]}-")


class ShopEnv(SiteEnv):
    """`SHOP_…` variables."""

    SITE: ClassVar[str] = "shop"
    PORT: ClassVar[int] = 8098
    VALKEY_DATABASE: ClassVar[int] = 9


ENV = read_env(ShopEnv)
SITE = ENV.SITE
SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "site_kit.messaging.tests.urls"
INSTALLED_APPS = blocks.installed_apps("site_kit.messaging.tests.shop")
MIDDLEWARE = blocks.MIDDLEWARE
TEMPLATES = blocks.templates()
DATABASES = blocks.databases(ENV)
DATABASES["default"]["TEST"] = {"NAME": f"messaging_test_{os.getpid()}"}
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = blocks.cookies(ENV)
REST_FRAMEWORK = blocks.rest_framework()
SPECTACULAR_SETTINGS = blocks.spectacular(title="Toy shop", description="A site without an API.")
MESSAGING = {
    **blocks.messaging(
        ENV,
        catalogue="site_kit.messaging.tests.shop.catalogue",
        handlers="site_kit.messaging.tests.shop.handlers.HANDLERS",
        lock_order="site_kit.messaging.tests.shop.handlers.LOCK_ORDER",
    ),
    "WAKE_PREFIX": ENV.topic_prefix,
}
HTTP = blocks.http(ENV, refusals="site_kit.messaging.tests.shop.refusals.STATUS_OF", deprecations="")
UNFOLD = blocks.unfold(title="Toy shop", colour="indigo")
BACKOFFICE = blocks.backoffice(
    start_page="site_kit.messaging.tests.shop.back_office.cards",
    roles="site_kit.messaging.tests.shop.back_office.ROLES",
)
