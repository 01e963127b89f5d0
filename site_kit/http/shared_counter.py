"""The count that all workers share: one Lua script in Valkey, and what happens when Valkey is away."""

from functools import cache
from threading import Event, Lock, Thread
from typing import Any

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError
from redis.retry import Retry

from site_kit.http.options import options
from site_kit.http.rate import Rate, Verdict

log = structlog.get_logger(__name__)

# KEYS[1]: the caller's bucket. ARGV: microseconds per request, burst. The server's clock: workers' clocks differ.
GCRA = """
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local begin = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local wait = begin + interval - now - interval * burst
if wait > 0 then
  return {0, 0, wait, begin - now}
end
local after = begin + interval
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1)
return {1, math.floor((interval * burst - (after - now)) / interval), 0, after - now}
"""
PROBE_EVERY_S = 1.0
PROBE_KEY = "rate:probe"


class ValkeyAway(Exception):  # noqa: N818 - names a state
    """The shared count cannot be asked; another try is made in the background."""


class SharedCounter:
    """Counts requests in Valkey, atomically.

    Valkey gets 45 ms to answer. The first time it does not, the breaker opens: from then on `judge` raises at once,
    and a thread asks Valkey every second until it answers. So an outage costs the requests under way one time-out,
    and later ones nothing.
    """

    def __init__(self, url: str, *, timeout_s: float, connections: int = 64) -> None:
        # redis-py's own types are as wide as Any where they matter; stubs for older versions know fewer arguments.
        connect: Any = Redis.from_url
        self._client: Any = connect(
            url,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            retry=Retry(NoBackoff(), 0),
            max_connections=connections,
            protocol=2,  # RESP3 and the library's name cost round trips on every new connection
            driver_info=None,
        )
        self._sha = self._client.register_script(GCRA).sha
        self._away = Event()
        self._lock = Lock()

    def judge(self, key: str, rate: Rate) -> Verdict:
        """Count one request. Raises `ValkeyAway`."""
        if self._away.is_set():
            raise ValkeyAway
        try:
            passes, remaining, retry_us, reset_us = self._asked(key, rate.interval_us, rate.burst)
        except (RedisError, OSError) as fault:
            self._open(fault)
            raise ValkeyAway from None
        return Verdict(bool(passes), remaining, retry_us / 1e6, reset_us / 1e6)

    def _asked(self, key: str, interval_us: int, burst: int) -> list[int]:
        try:
            answer: list[int] = self._client.evalsha(self._sha, 1, key, interval_us, burst)
        except NoScriptError:
            answer = self._client.eval(GCRA, 1, key, interval_us, burst)
        return answer

    def _open(self, fault: Exception) -> None:
        with self._lock:
            if self._away.is_set():
                return
            self._away.set()
        log.warning("rate_limits_uncounted", error=type(fault).__name__)
        Thread(target=self._close_when_back, name="rate-limits-probe", daemon=True).start()

    def _close_when_back(self) -> None:
        pause = Event()
        while not self._answers():
            pause.wait(PROBE_EVERY_S)
        self._away.clear()
        log.info("rate_limits_counted_again")

    def _answers(self) -> bool:
        try:
            self._client.connection_pool.disconnect(inuse_connections=False)
            # The script and not PING: a Valkey that is full or read-only answers a PING.
            return bool(self._asked(PROBE_KEY, 1, 1))
        except (RedisError, OSError):
            return False


@cache
def shared_counter(url: str) -> SharedCounter:
    """The process's counter for one Valkey."""
    return SharedCounter(url, timeout_s=options().valkey_timeout_s)
