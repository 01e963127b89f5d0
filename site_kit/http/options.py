"""The HTTP setting, read once, typed, loud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.module_loading import import_string

DEFAULT_RATE_LIMITS = {"caller": "1200/m", "guest": "300/m"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """settings.HTTP with the defaults filled in; the keys of the setting are these names in capitals.

    `refusals` and `deprecations` are dotted names of a mapping {Refusal subclass: status} and of a sequence of
    `Deprecation`; `public_reads` are path prefixes that a guest may GET. `broken` names promises that a test
    wants broken (`site_kit.http.promises`); it is refused unless `may_break` is set, and only test settings do.
    """

    site: str
    refusals: str = ""
    deprecations: str = ""
    public_reads: tuple[str, ...] = ()

    jwks_file: Path | None = None
    token_issuer: str = "https://coordination.firstviscount.local"  # noqa: S105 - an address, no secret
    token_audience: str = "first-viscount"  # noqa: S105 - a name, no secret
    token_leeway_s: int = 60

    valkey_url: str = ""
    valkey_timeout_s: float = 0.045
    rate_limits: Mapping[str, str] = field(default_factory=dict)
    num_proxies: int = 0

    max_hops: int = 2
    max_body_bytes: int = 1_048_576
    max_json_depth: int = 32
    problem_types: str = "urn:problem:"
    idempotency_hours: int = 48

    metrics_token: str | None = None
    database_gate: str = "site_kit.processes.database_gate.is_open"
    readiness: str = "site_kit.processes.readiness.readiness"
    error_page: str = "site_kit.backoffice.error_pages.error_page"
    metrics: str = "site_kit.telemetry.metrics.render_metrics"

    broken: frozenset[str] = frozenset()
    may_break: bool = False


@cache
def options() -> Options:
    """The site's HTTP options. Raises `ImproperlyConfigured` naming the key that is wrong."""
    given: Mapping[str, Any] = getattr(settings, "HTTP", {})
    known = {field.name.upper(): field.name for field in fields(Options)}
    if unknown := given.keys() - known:
        raise ImproperlyConfigured(f"HTTP has no key {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    if not given.get("SITE"):
        raise ImproperlyConfigured("HTTP needs the key SITE: the site's short name.")
    made = Options(**{known[key]: _shaped(key, value) for key, value in given.items()})
    if made.broken and not made.may_break:
        raise ImproperlyConfigured("HTTP['BROKEN'] breaks promises on purpose: it is for test settings only.")
    return made


@cache
def named(dotted: str) -> Any:
    """The object an option names by its dotted name; an empty name is an empty tuple."""
    return import_string(dotted) if dotted else ()


def rate_limits() -> Mapping[str, str]:
    """Rates by rule name, such as {"caller": "1200/m"}; the site's own are laid over the defaults."""
    return {**DEFAULT_RATE_LIMITS, **options().rate_limits}


def _shaped(key: str, value: Any) -> Any:
    if key == "BROKEN":
        return frozenset(value)
    if key == "PUBLIC_READS":
        return _prefixes(value)
    if key == "JWKS_FILE" and value is not None:
        return Path(value)
    return value


def _prefixes(value: Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(prefix, str) and prefix.startswith("/") for prefix in value):
        raise ImproperlyConfigured("HTTP['PUBLIC_READS'] is a sequence of path prefixes such as '/api/v1/products'.")
    return tuple(prefix.rstrip("/") for prefix in value)


@receiver(setting_changed)
def _forget(*, setting: str, **_: Any) -> None:
    if setting == "HTTP":
        options.cache_clear()
        named.cache_clear()
