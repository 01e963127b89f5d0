"""The settings of a site, block by block: each function makes one Django setting out of the site's environment."""

from collections.abc import Mapping
from typing import Any

import site_kit.settings.generic_classes  # noqa: F401 - before any class is defined
from site_kit.http.defaults import REST_FRAMEWORK, SPECTACULAR
from site_kit.http.middleware import MIDDLEWARE as HTTP_MIDDLEWARE
from site_kit.settings.databases import databases
from site_kit.settings.env import SiteEnv
from site_kit.settings.process_kind import process_kind
from site_kit.settings.theme import palette

__all__ = [
    "MIDDLEWARE", "backoffice", "cookies", "databases", "http", "installed_apps", "logging", "messaging",
    "rest_framework", "spectacular", "static", "templates", "unfold",
]  # fmt: skip

CORRELATION = "site_kit.http.correlation.CorrelationMiddleware"

# The order is the trip of a request: measured and named first, then what needs no database, then sessions and people.
MIDDLEWARE: list[str] = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "site_kit.backoffice.content_security.ContentSecurityMiddleware",
    CORRELATION,
    "site_kit.telemetry.requests.RequestLogMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(name for name in HTTP_MIDDLEWARE if name != CORRELATION),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "site_kit.backoffice.acting_staff.ActingStaffMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "site_kit.backoffice.time_zone.TimeZoneMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]


def installed_apps(*own: str) -> list[str]:
    """Every app of a site; `own` are the site's, they come first so that their templates and commands win."""
    return [
        *own,
        "site_kit.backoffice.apps.BackofficeConfig",
        "unfold.apps.BasicAppConfig",
        "unfold.contrib.filters",
        "unfold.contrib.forms",
        "unfold.contrib.inlines",
        "site_kit.backoffice.apps.BackofficeAdminConfig",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "django.contrib.humanize",
        "rest_framework",
        "django_filters",
        "drf_spectacular",
        "drf_spectacular_sidecar",
        "csp",
        "site_kit.messaging",
        "site_kit.http",
        "site_kit.tasks",
        "site_kit.processes",
    ]


def templates() -> list[dict[str, Any]]:
    """Django's TEMPLATES: the ones inside apps, cached."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ]


def rest_framework(**more: Any) -> dict[str, Any]:
    """REST_FRAMEWORK as site_kit.http means it; `more` overrides single keys."""
    return {**REST_FRAMEWORK, **more}


def spectacular(*, title: str, description: str, version: str = "1.0.0", **more: Any) -> dict[str, Any]:
    """SPECTACULAR_SETTINGS as site_kit.http means them, with the title and words of this site's API."""
    return {**SPECTACULAR, "TITLE": title, "DESCRIPTION": description, "VERSION": version, **more}


def logging(env: SiteEnv) -> dict[str, Any]:
    """Django's LOGGING: every line of Django, gunicorn, Celery and the consumer in one form, on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "site": {
                "()": "site_kit.telemetry.logs.formatter",
                "site": env.SITE,
                "process": process_kind(),
                "console": env.log_format == "console",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "site"}},
        "root": {"handlers": ["stderr"], "level": env.log_level},
        "loggers": {
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # the request log has its 400
            "django.request": {"level": "CRITICAL"},  # the request log has the line, with its request id
            "celery.worker.strategy": {"level": "WARNING"},  # "received" and "succeeded" once a second
            "celery.app.trace": {"level": "WARNING"},
            "psycopg.pool": {"level": "CRITICAL"},  # the database gate tells of an outage once, not once a second
        },
    }


def cookies(env: SiteEnv) -> tuple[str, str]:
    """Names of this site's session and CSRF cookies (cookies ignore ports)."""
    return f"{env.SITE}_session", f"{env.SITE}_csrf"


def static(env: SiteEnv) -> dict[str, Any]:
    """Django's STORAGES; static files come from whitenoise, hashed and compressed where `collectstatic` has run."""
    built = (env.state_dir / "static" / "staticfiles.json").exists()
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage" if built else PLAIN_STATIC
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": backend},
    }


PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"


def unfold(*, title: str, colour: str, symbol: str = "storefront", **more: Any) -> dict[str, Any]:
    """The look of the back office: one for all sites, with its own name, colour and symbol.

    `colour` is a name of `site_kit.settings.theme.COLOURS`; `symbol` a Material Symbols name.
    `more` overrides single keys of Unfold's own configuration (SIDEBAR, TABS …).
    """
    return {
        "SITE_TITLE": title,
        "SITE_HEADER": title,
        "SITE_SYMBOL": symbol,
        "SITE_URL": None,
        "SHOW_HISTORY": True,
        "SHOW_VIEW_ON_SITE": False,
        "BORDER_RADIUS": "6px",
        "COLORS": palette(colour),
        "DASHBOARD_CALLBACK": "site_kit.backoffice.start_page.start_page",
        "STYLES": ["site_kit.backoffice.look.stylesheet"],
        "SCRIPTS": ["site_kit.backoffice.look.script"],
        "SITE_FAVICONS": [
            {"rel": "icon", "type": "image/svg+xml", "href": "site_kit.backoffice.look.favicon"},
        ],
        "LOGIN": {"form": "site_kit.backoffice.login_form.LoginForm"},
        "SIDEBAR": {
            "show_search": False,
            "show_all_applications": False,
            "navigation": "site_kit.backoffice.navigation.navigation",
        },
        **more,
    }


def backoffice(*, start_page: str, roles: str) -> dict[str, str]:
    """BACKOFFICE: dotted names of the site's start page (a callable of cards) and of its ROLES."""
    return {"START_PAGE": start_page, "ROLES": roles}


def messaging(
    env: SiteEnv,
    *,
    handlers: str,
    lock_order: str,
    catalogue: str = "shared_contracts.events.catalogue",
    **more: Any,
) -> dict[str, Any]:
    """MESSAGING: what site_kit.messaging reads."""
    return {
        "SITE": env.SITE,
        "CATALOGUE": catalogue,
        "HANDLERS": handlers,
        "LOCK_ORDER": lock_order,
        "TOPIC_PREFIX": env.topic_prefix,
        "BOOTSTRAP_SERVERS": env.kafka_bootstrap_servers,
        "REGISTRY_URL": env.schema_registry_url,
        "VALKEY_URL": env.site_valkey_url,
        "RUNTIME_ROLE": env.runtime_role,
        "WAKE_PREFIX": f"{env.SITE}:",
        **more,
    }


def http(
    env: SiteEnv,
    *,
    refusals: str,
    deprecations: str,
    public_reads: Mapping[str, Any] | tuple[str, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    """HTTP: what site_kit.http reads."""
    return {
        "SITE": env.SITE,
        "REFUSALS": refusals,
        "DEPRECATIONS": deprecations,
        "PUBLIC_READS": public_reads,
        "JWKS_FILE": env.state_dir / "jwks.json",
        "VALKEY_URL": env.site_valkey_url,
        "METRICS_TOKEN": env.metrics_token.get_secret_value() if env.metrics_token else None,
        **more,
    }
