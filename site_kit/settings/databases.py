"""How each kind of process talks to the site's database: bounded waits everywhere, a pool where threads share."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from site_kit.settings.env import SiteEnv
from site_kit.settings.process_kind import ProcessKind, process_kind

POOL_WAIT_S = 0.8
# Short: left to itself the pool tries ever more seldom while the database is away, and would still wait when it is
# back. Given up soon, the next request asks for a connection at once.
POOL_RETRY_S = 0.3
CONNECT_TIMEOUT_S = 2
# A peer that stopped answering on the wire (a cut cable, a dropped route) is given up after these.
WIRE = {
    "connect_timeout": CONNECT_TIMEOUT_S,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
LOCK_TIMEOUT_MS = 3_000
STATEMENT_TIMEOUT_MS: dict[ProcessKind, int] = {"web": 10_000, "worker": 60_000, "consumer": 30_000, "command": 0}
IDLE_IN_TRANSACTION_MS: dict[ProcessKind, int] = {"web": 30_000, "worker": 60_000, "consumer": 30_000, "command": 0}


def databases(env: SiteEnv, *, pool_size: int | None = None) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this process.

    Web and worker share a pool between their threads (`pool_size` connections, by default one per
    web thread); the consumer keeps one connection open; commands open and close theirs. Sessions of a
    server process cannot wait for a lock longer than 3 s, nor run or idle in a transaction for ever.
    """
    kind = process_kind()
    url = urlsplit(env.database_url.get_secret_value())
    pooled = kind in {"web", "worker"} and not env.database_behind_pooler
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": None if kind == "consumer" else 0,
            "DISABLE_SERVER_SIDE_CURSORS": env.database_behind_pooler,
            "OPTIONS": {
                **WIRE,
                **dict(parse_qsl(url.query)),
                "application_name": f"{env.SITE}-{kind}",
                **({} if env.database_behind_pooler else {"options": session_limits(kind)}),
                **({"pool": _pool(pool_size or env.web_threads)} if pooled else {}),
            },
        }
    }


def session_limits(kind: ProcessKind) -> str:
    """Start-up options of a session; behind PgBouncer set them on the role instead (ALTER ROLE … SET …)."""
    limits = {
        "lock_timeout": LOCK_TIMEOUT_MS if kind != "command" else 0,
        "statement_timeout": STATEMENT_TIMEOUT_MS[kind],
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS[kind],
    }
    return " ".join(f"-c {name}={value}" for name, value in limits.items() if value)


def _pool(size: int) -> dict[str, Any]:
    return {
        "min_size": 1,
        "max_size": size,
        "timeout": POOL_WAIT_S,
        "reconnect_timeout": POOL_RETRY_S,
        "max_lifetime": 3600,
        "num_workers": 2,
    }
