"""What production adds; `from site_kit.settings.hardened import *`, then `refuse_local(ENV)`.

TLS ends at a proxy that sets X-Forwarded-Proto and strips the caller's.
"""

from site_kit.settings.env import BadEnvironment, SiteEnv, refuse

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # probes and scrapers come from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True


def refuse_local(env: SiteEnv) -> None:
    """End the process (exit code 2) when it runs in debug or with a secret made for one machine."""
    site = env.SITE.upper()
    faults = {
        f"{site}_DEBUG is true: production never shows tracebacks to strangers.": env.debug,
        f"{site}_SECRET_KEY or {site}_METRICS_TOKEN was made by the local stack: give production secrets of its own.": (
            env.has_local_secrets
        ),
        f"{site}_ALLOWED_HOSTS holds * or nothing: name the hosts this site answers to.": (
            "*" in env.allowed_hosts or not env.allowed_hosts
        ),
    }
    if sentences := [sentence for sentence, is_fault in faults.items() if is_fault]:
        refuse(BadEnvironment(sentences))
