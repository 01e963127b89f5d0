"""How a wake travels: a key in Valkey, so that many commits make one task, and a Celery task."""

from typing import Any

import structlog
from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis, RedisError

from site_kit.messaging.breaker import Breaker
from site_kit.messaging.configuration import configuration
from site_kit.tasks.celery_app import make_celery

log = structlog.get_logger(__name__)

RELAY_TASK = "messaging.relay_outbox"
KEY_LIVES_MS = 5_000
EXPIRES_S = 10
TIMEOUT_S = 0.3
_breaker = Breaker(rest_s=1.0, longest_rest_s=5.0)
_clients: dict[str, Any] = {}
_apps: dict[str, Celery] = {}


def call_relay() -> None:
    """Have the relay run soon, unless it was called already and has not finished. Never raises; blocks for a moment."""
    if _breaker.is_open:
        return
    try:
        if _valkey().set(_key(), "1", nx=True, px=KEY_LIVES_MS):
            _celery().send_task(RELAY_TASK, retry=False, expires=EXPIRES_S, ignore_result=True)
        _breaker.worked()
    except (RedisError, OperationalError, OSError) as fault:
        _breaker.failed()
        log.info("wake_lost", fault=type(fault).__name__)


def relay_may_be_called() -> None:
    """The relay is about to look for the last time: whoever commits from now on has to call again."""
    try:
        _valkey().delete(_key())
    except (RedisError, OSError) as fault:
        log.info("wake_key_kept", fault=type(fault).__name__)


def _key() -> str:
    return f"{configuration().wake_prefix}relay-called"


def _celery() -> Celery:
    """An app of the site for sending; web and consumer processes have no other."""
    settings = configuration()
    if settings.valkey_url not in _apps:
        _apps[settings.valkey_url] = make_celery(settings.site)
    return _apps[settings.valkey_url]


def _valkey() -> Any:
    url = configuration().valkey_url
    if url not in _clients:
        _clients[url] = Redis.from_url(
            url.replace("valkey", "redis", 1), socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
        )
    return _clients[url]
