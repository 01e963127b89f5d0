"""A tiny site of its own, so that HTTP is tested without any real one. Addresses come from the environment."""

import os
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_kit.http.defaults import REST_FRAMEWORK, SPECTACULAR
from site_kit.http.middleware import MIDDLEWARE as HTTP_MIDDLEWARE

_database = urlsplit(
    os.environ.get("HTTP_TEST_DATABASE_URL", "postgresql://postgres:postgres@127.0.0.1:25432/postgres")
)
VALKEY_URL = os.environ.get("VALKEY_URL", "redis://127.0.0.1:26379")

# Processes started by a test share its key file.
RUN = os.environ.setdefault("HTTP_TEST_RUN", str(os.getpid()))

SECRET_KEY = "only for tests"
USE_TZ = True
TIME_ZONE = "UTC"
APPEND_SLASH = False
ROOT_URLCONF = "site_kit.http.tests.urls"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "site_kit.http",
    "site_kit.http.tests.shelf",
]
MIDDLEWARE = [
    *HTTP_MIDDLEWARE,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
REST_FRAMEWORK = REST_FRAMEWORK
SPECTACULAR_SETTINGS = {**SPECTACULAR, "TITLE": "Shelf", "DESCRIPTION": "Books on a shelf.", "VERSION": "1.0.0"}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("HTTP_TEST_DATABASE", _database.path.lstrip("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname,
        "PORT": _database.port,
        "OPTIONS": {"connect_timeout": 5},
        "TEST": {"NAME": f"http_test_{os.getpid()}"},
    }
}
HTTP = {
    "SITE": os.environ.get("HTTP_TEST_SITE", "shelf"),
    "REFUSALS": "site_kit.http.tests.shelf.refusals.STATUS_OF",
    "DEPRECATIONS": "site_kit.http.tests.shelf.deprecations.DEPRECATIONS",
    "PUBLIC_READS": ["/api/v1/books"],
    "JWKS_FILE": Path(tempfile.gettempdir())
    / f"site-kit-http-{os.environ.setdefault('HTTP_TEST_RUN', str(os.getpid()))}"
    / "jwks.json",
    "VALKEY_URL": f"{VALKEY_URL}/8",
    "VALKEY_TIMEOUT_S": 2,  # a busy machine is no outage; tests of outages say their own
    "RATE_LIMITS": {"caller": "100000/m", "guest": "100000/m", "narrow": "5/m"},
    "METRICS_TOKEN": "a token for metrics",
    "DATABASE_GATE": "site_kit.http.tests.shelf.chassis.gate_is_open",
    "READINESS": "site_kit.http.tests.shelf.chassis.readiness",
    "METRICS": "site_kit.http.tests.shelf.chassis.render_metrics",
    "ERROR_PAGE": "site_kit.http.tests.shelf.chassis.error_page",
    "MAX_BODY_BYTES": 65_536,
    "MAY_BREAK": True,
}
