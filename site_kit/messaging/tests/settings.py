"""A tiny site of its own, so that the bridge is tested without any real one.

Addresses come from the environment; the topic prefix is unique per run unless given.
"""

import os
from urllib.parse import unquote, urlsplit
from uuid import uuid4

_database = urlsplit(
    os.environ.get("MESSAGING_TEST_DATABASE_URL", "postgresql://postgres:postgres@127.0.0.1:25432/postgres")
)
# Processes started by a test inherit the prefix.
_prefix = os.environ.setdefault("TOPIC_PREFIX", f"bridge-{uuid4().hex[:8]}-")

SECRET_KEY = "only for tests"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "site_kit.messaging.tests.urls"
ALLOWED_HOSTS = ["*"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "site_kit.messaging",
    "site_kit.messaging.tests.shop",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("MESSAGING_TEST_DATABASE", _database.path.lstrip("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname,
        "PORT": _database.port,
        "TEST": {"NAME": f"messaging_test_{os.getpid()}"},
    }
}
MESSAGING = {
    "SITE": "shop",
    "CATALOGUE": "site_kit.messaging.tests.shop.catalogue",
    "HANDLERS": "site_kit.messaging.tests.shop.handlers.HANDLERS",
    "LOCK_ORDER": "site_kit.messaging.tests.shop.handlers.LOCK_ORDER",
    "TOPIC_PREFIX": _prefix,
    "BOOTSTRAP_SERVERS": os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:29092"),
    "REGISTRY_URL": os.environ.get("SCHEMA_REGISTRY_URL", "http://127.0.0.1:28070/apis/ccompat/v7"),
    "VALKEY_URL": os.environ.get("VALKEY_URL", "redis://127.0.0.1:26379") + "/9",
    "RUNTIME_ROLE": "",
    "WAKE_PREFIX": _prefix,
}
