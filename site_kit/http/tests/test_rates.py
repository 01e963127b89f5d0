"""Rate limits: exact, shared, and harmless when Valkey is away."""

import math
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis
from redis.exceptions import ResponseError

from site_kit.http.rate import LocalCounter, Rate, judged
from site_kit.http.shared_counter import SharedCounter, ValkeyAway
from site_kit.http.tests.conftest import problem
from site_kit.testing.wire import Wire

pytestmark = pytest.mark.django_db

VALKEY = settings.HTTP["VALKEY_URL"]
NARROW = "/api/v1/narrow"


@pytest.fixture
def own_site(http_setting: Any) -> str:
    """A site name of this test alone, so that its counts start at nothing."""
    name = f"shelf{uuid4().hex[:8]}"
    http_setting(SITE=name)
    return name


@pytest.fixture
def black_hole() -> Iterator[str]:
    """An address that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("600/m", Rate(600, 60, 600)),
        ("100/10s", Rate(100, 10, 100)),
        ("600/m+50", Rate(600, 60, 50)),
        ("1/d", Rate(1, 86400, 1)),
    ],
)
def test_a_rate_is_read(text: str, rate: Rate) -> None:
    assert Rate.of(text) == rate


@pytest.mark.parametrize("text", ["", "0/m", "10", "m/10", "10/y", "10/m+0", "-1/m", "1e3/m", "10/m+"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        Rate.of(text)


def test_five_pass_and_the_sixth_hears_when_to_come_back(guest: Any, own_site: str) -> None:
    answers = [guest.get(NARROW) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["4", "3", "2", "1", "0", "0"]
    assert {answer["RateLimit-Limit"] for answer in answers} == {"5"}
    assert {answer["RateLimit-Policy"] for answer in answers} == {"5;w=60"}
    refused = answers[-1]
    assert problem(refused)["code"] == "rate_limited"
    assert 11 <= int(refused["Retry-After"]) <= 12
    assert 59 <= int(refused["RateLimit-Reset"]) <= 60


def test_each_caller_and_each_address_has_a_count_of_its_own(guest: Any, own_site: str, token: Any) -> None:
    for _ in range(6):
        last = guest.get(NARROW)
    assert last.status_code == 429

    assert guest.get(NARROW, REMOTE_ADDR="10.1.2.3").status_code == 200
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {token(subject='one')}")
    for _ in range(6):
        last = guest.get(NARROW)
    assert last.status_code == 429
    assert guest.get(NARROW, REMOTE_ADDR="10.1.2.4").status_code == 429
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {token(subject='two')}")
    assert guest.get(NARROW).status_code == 200


def test_x_forwarded_for_of_a_stranger_changes_nothing(guest: Any, own_site: str) -> None:
    answers = [guest.get(NARROW, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}") for number in range(6)]

    assert answers[-1].status_code == 429


def test_behind_one_proxy_the_last_entry_counts_and_no_other(guest: Any, own_site: str, http_setting: Any) -> None:
    http_setting(SITE=own_site, NUM_PROXIES=1)

    forged = [guest.get(NARROW, HTTP_X_FORWARDED_FOR=f"10.9.9.{number}, 10.0.0.7") for number in range(6)]
    assert forged[-1].status_code == 429
    assert guest.get(NARROW, HTTP_X_FORWARDED_FOR="10.0.0.7, 10.0.0.8").status_code == 200


def test_addresses_of_one_ipv6_network_count_together(guest: Any, own_site: str) -> None:
    answers = [guest.get(NARROW, REMOTE_ADDR=f"2001:db8:1:2::{number}") for number in range(6)]

    assert answers[-1].status_code == 429
    assert guest.get(NARROW, REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_no_address_of_a_person_stands_in_valkey(guest: Any, own_site: str) -> None:
    guest.get(NARROW, REMOTE_ADDR="203.0.113.77")

    keys: Any = Redis.from_url(VALKEY).keys(f"{own_site}:rate:*")
    assert len(keys) == 1
    assert b"203.0.113.77" not in keys[0]
    assert keys[0].startswith(f"{own_site}:rate:narrow:".encode())


def test_a_count_vanishes_when_it_means_nothing_any_more() -> None:
    key = f"test:{uuid4()}"
    SharedCounter(VALKEY, timeout_s=1).judge(key, Rate.of("5/m"))

    assert 11_000 <= Redis.from_url(VALKEY).pttl(key) <= 12_001


def test_a_thousand_at_once_do_not_pass_a_limit_of_a_hundred() -> None:
    key, rate = f"test:{uuid4()}", Rate.of("100/m")
    counters = [SharedCounter(VALKEY, timeout_s=2) for _ in range(4)]
    begun = time.monotonic()

    with ThreadPoolExecutor(16) as pool:
        verdicts = list(pool.map(lambda number: counters[number % 4].judge(key, rate).passes, range(1000)))

    passed, earned = sum(verdicts), (time.monotonic() - begun) * 100 / 60
    assert 100 <= passed <= 100 + math.ceil(earned)


@given(
    gaps=st.lists(st.integers(0, 3_000_000), min_size=1, max_size=60),
    limit=st.integers(1, 10),
    burst=st.integers(1, 10),
)
def test_never_more_than_the_burst_and_what_time_has_earned(gaps: list[int], limit: int, burst: int) -> None:
    rate = Rate(limit, 10, burst)
    full_at, now, passed = 0, 10**15, []
    for gap in gaps:
        now += gap
        verdict, full_at = judged(rate, full_at_us=full_at, now_us=now)
        if verdict.passes:
            passed.append(now)
        else:
            again, _ = judged(rate, full_at_us=full_at, now_us=now + math.ceil(verdict.retry_after_s * 1e6))
            assert again.passes

    for first in range(len(passed)):
        for last in range(first, len(passed)):
            assert (last - first + 1 - burst) * rate.interval_us <= passed[last] - passed[first]


def test_the_script_and_the_sentence_say_the_same() -> None:
    key, rate, counter, local = f"test:{uuid4()}", Rate.of("10/d+3"), SharedCounter(VALKEY, timeout_s=1), LocalCounter()

    for _ in range(5):
        shared, own = counter.judge(key, rate), local.judge(key, rate)
        assert (shared.passes, shared.remaining) == (own.passes, own.remaining)
        assert shared.retry_after_s == pytest.approx(own.retry_after_s, abs=1)
        assert shared.reset_after_s == pytest.approx(own.reset_after_s, abs=1)


def test_a_black_hole_costs_one_request_fifty_milliseconds_and_the_next_nothing(black_hole: str) -> None:
    counter = SharedCounter(black_hole, timeout_s=0.045)

    first, second = costs(counter, 2)
    others = costs(counter, 200)

    assert 0.04 <= first < 0.12
    assert second < 0.01
    assert sum(others) < 0.1


def test_many_at_once_wait_once_each_and_not_one_after_the_other(black_hole: str) -> None:
    counter = SharedCounter(black_hole, timeout_s=0.045)
    start = threading.Barrier(8)

    def one(_: int) -> float:
        start.wait()
        return costs(counter, 1)[0]

    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(one, range(8))) < 0.2


def test_reads_go_on_uncounted_and_writes_by_this_worker_s_own_count(
    guest: Any, own_site: Any, http_setting: Any, black_hole: Any
) -> None:
    http_setting(SITE=own_site, VALKEY_URL=black_hole, VALKEY_TIMEOUT_S=0.045)

    reads = [guest.get(NARROW) for _ in range(10)]
    assert {answer.status_code for answer in reads} == {200}
    assert "RateLimit-Remaining" not in reads[-1]

    writes = [guest.post(NARROW, {}, format="json") for _ in range(6)]
    assert [answer.status_code for answer in writes] == [200] * 5 + [429]


def test_when_valkey_is_back_it_counts_again() -> None:
    address = urlsplit(VALKEY)
    with Wire(str(address.hostname), address.port or 6379) as wire:
        secret, at, _ = address.netloc.rpartition("@")
        through_the_wire = address._replace(netloc=f"{secret}{at}127.0.0.1:{wire.port}")
        counter = SharedCounter(through_the_wire.geturl(), timeout_s=0.5)
        key, rate = f"test:{uuid4()}", Rate.of("5/m")
        assert counter.judge(key, rate).remaining == 4

        wire.cut()
        with pytest.raises(ValkeyAway):
            counter.judge(key, rate)
        wire.mend()

        assert eventually(lambda: counter.judge(key, rate).remaining) == 3


def test_a_restarted_valkey_that_forgot_the_script_is_taught_again() -> None:
    counter = SharedCounter(VALKEY, timeout_s=1)
    counter._sha = "0" * 40

    assert counter.judge(f"test:{uuid4()}", Rate.of("5/m")).remaining == 4


def test_the_own_count_forgets_the_oldest_callers_first() -> None:
    counter, rate = LocalCounter(most=2), Rate.of("1/d")
    assert counter.judge("a", rate).passes
    assert not counter.judge("a", rate).passes

    counter.judge("b", rate)
    counter.judge("c", rate)

    assert counter.judge("a", rate).passes


def costs(counter: SharedCounter, count: int) -> list[float]:
    """Seconds that each of so many requests waits for a count that does not come."""
    spent = []
    for _ in range(count):
        begun = time.perf_counter()
        with pytest.raises(ValkeyAway):
            counter.judge("k", Rate.of("5/m"))
        spent.append(time.perf_counter() - begun)
    return spent


def eventually(ask: Any) -> Any:
    """The answer, once there is one; asked for at most 10 s."""
    until = time.monotonic() + 10
    while True:
        try:
            return ask()
        except ValkeyAway:
            assert time.monotonic() < until
            threading.Event().wait(0.05)


class Refusing(SharedCounter):
    """A Valkey that answers, but not to us: full, or a replica."""

    asked = 0

    def _asked(self, key: str, interval_us: int, burst: int) -> list[int]:
        type(self).asked += 1
        raise ResponseError("OOM command not allowed when used memory > 'maxmemory'.")


def test_a_valkey_that_answers_but_refuses_is_away_and_not_asked_by_every_request() -> None:
    Refusing.asked = 0
    counter = Refusing(VALKEY, timeout_s=1)

    costs(counter, 200)

    assert Refusing.asked <= 3
