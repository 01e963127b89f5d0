"""Rate limits: one count for all workers, per caller, or per address for guests.

Without Valkey reads are not counted at all, and writes are counted by each worker for itself: a site goes on
taking orders through an outage of Valkey, at up to «workers» times the limit, but not without one.
"""

import hashlib
import math
from functools import cache
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from site_kit.http.caller import Caller, caller_name
from site_kit.http.options import options, rate_limits
from site_kit.http.promises import promise
from site_kit.http.rate import LocalCounter, Rate, Verdict
from site_kit.http.scopes import SAFE_METHODS
from site_kit.http.shared_counter import ValkeyAway, shared_counter

own_count = LocalCounter()


class CallerThrottle(BaseThrottle):
    """DRF throttle. The rule is the view's `rate_limit` if it names one, else "caller" or "guest".

    Rules and their rates stand in HTTP["RATE_LIMITS"]. Every answer tells where the caller stands: `RateLimit-Limit`,
    `RateLimit-Remaining`, `RateLimit-Reset` (seconds), `RateLimit-Policy`; 429 comes with `Retry-After`.
    """

    _wait_s: float | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request."""
        known = isinstance(request.user, Caller)
        rule = getattr(view, "rate_limit", None) or ("caller" if known else "guest")
        rate = rate_of(rate_limits()[rule])
        verdict = verdict_on(request, rule, rate)
        if verdict is None:
            return True
        tell(view.headers, rate, verdict)
        self._wait_s = verdict.retry_after_s
        return verdict.passes

    def wait(self) -> float | None:
        """Seconds until the next try makes sense."""
        return self._wait_s


@promise("rate_limits_hold", broken=None)
def verdict_on(request: Request, rule: str, rate: Rate) -> Verdict | None:
    """The shared count's verdict; without Valkey that of this worker for a write, and none for a read."""
    key = f"{options().site}:rate:{rule}:{_opaque(caller_name(request))}"
    try:
        return shared_counter(options().valkey_url).judge(key, rate)
    except ValkeyAway:
        return None if request.method in SAFE_METHODS else own_count.judge(key, rate)


@promise("rate_limit_headers", broken=None)
def tell(headers: dict[str, str], rate: Rate, verdict: Verdict) -> None:
    """Where the caller stands, as headers."""
    headers["RateLimit-Limit"] = str(rate.limit)
    headers["RateLimit-Remaining"] = str(verdict.remaining)
    headers["RateLimit-Reset"] = str(math.ceil(verdict.reset_after_s))
    headers["RateLimit-Policy"] = f"{rate.limit};w={rate.period_s}"


@cache
def rate_of(text: str) -> Rate:
    """A rate of the setting, read once."""
    return Rate.of(text)


def _opaque(name: str) -> str:
    """Addresses of people do not go to Valkey: a keyed hash does."""
    secret = hashlib.sha256(str(settings.SECRET_KEY).encode()).digest()
    return hashlib.blake2b(name.encode(), key=secret, digest_size=16).hexdigest()
