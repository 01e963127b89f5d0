"""How often is too often: GCRA, the leaky bucket that needs one number per caller."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic_ns

PERIODS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
RATE = re.compile(r"([1-9]\d{0,6})/(\d{0,4})([smhd])(?:\+([1-9]\d{0,6}))?")


@dataclass(frozen=True, slots=True)
class Rate:
    """`limit` requests in `period_s` seconds, evenly; up to `burst` of them at once."""

    limit: int
    period_s: int
    burst: int

    @classmethod
    def of(cls, text: str) -> "Rate":
        """Read "600/m", "100/10s" or "600/m+50" (no more than 50 at once). Raises `ValueError`."""
        match = RATE.fullmatch(text)
        if match is None:
            raise ValueError(f"«{text}» is no rate; write 600/m, 100/10s or 600/m+50")
        limit, many, unit, burst = match.groups()
        return cls(int(limit), int(many or 1) * PERIODS_S[unit], int(burst or limit))

    @property
    def interval_us(self) -> int:
        """Microseconds that one request costs."""
        return max(1, self.period_s * 1_000_000 // self.limit)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, how many more may at once, and the seconds until one may / all may again."""

    passes: bool
    remaining: int
    retry_after_s: float
    reset_after_s: float


def judged(rate: Rate, *, full_at_us: int, now_us: int) -> tuple[Verdict, int]:
    """GCRA: the verdict, and the new time at which the bucket is empty again. The Lua script says the same."""
    interval = rate.interval_us
    begin = max(full_at_us, now_us)
    wait = begin + interval - now_us - interval * rate.burst
    if wait > 0:
        return Verdict(False, 0, wait / 1e6, (begin - now_us) / 1e6), full_at_us
    then = begin + interval
    remaining = (interval * rate.burst - (then - now_us)) // interval
    return Verdict(True, remaining, 0.0, (then - now_us) / 1e6), then


class LocalCounter:
    """The count of one process, for the time without Valkey. Remembers the latest 10,000 callers."""

    def __init__(self, *, most: int = 10_000) -> None:
        self._most = most
        self._full_at: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def judge(self, key: str, rate: Rate) -> Verdict:
        """Count one request."""
        with self._lock:
            verdict, then = judged(rate, full_at_us=self._full_at.get(key, 0), now_us=monotonic_ns() // 1000)
            self._full_at[key] = then
            self._full_at.move_to_end(key)
            if len(self._full_at) > self._most:
                self._full_at.popitem(last=False)
        return verdict
