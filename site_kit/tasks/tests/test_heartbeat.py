"""A deaf worker is noticed, and ended only when the fault is its own."""

import pytest

from site_kit.tasks.heartbeat import EarWatch, Hearing


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hearing(clock: Clock) -> Hearing:
    return Hearing(clock)


class Broker:
    """Valkey as the watch sees it."""

    up = True

    def __call__(self) -> bool:
        return self.up


class Watched:
    """A watch, its broker, and how often it ended the process."""

    def __init__(self, hearing: Hearing, clock: Clock) -> None:
        self.broker = Broker()
        self.ended = 0
        self._clock = clock
        self._watch = EarWatch(hearing, broker_answers=self.broker, end=self._end, clock=clock)

    def for_seconds(self, seconds: int) -> None:
        for _ in range(seconds // 15):
            self._clock.now += 15
            self._watch.look()

    def _end(self) -> None:
        self.ended += 1


@pytest.fixture
def watched(hearing: Hearing, clock: Clock) -> Watched:
    return Watched(hearing, clock)


def test_a_worker_is_deaf_after_a_minute_of_silence(hearing: Hearing, clock: Clock) -> None:
    clock.now += 59
    assert not hearing.is_deaf
    clock.now += 2
    assert hearing.is_deaf
    hearing.hear()
    assert not hearing.is_deaf


def test_one_that_hears_is_left_alone(watched: Watched, hearing: Hearing) -> None:
    for _ in range(20):
        hearing.hear()
        watched.for_seconds(15)

    assert watched.ended == 0


def test_one_that_is_deaf_alone_is_ended(watched: Watched) -> None:
    watched.for_seconds(120)

    assert watched.ended > 0


def test_while_the_broker_is_away_silence_is_no_fault(watched: Watched, hearing: Hearing) -> None:
    watched.broker.up = False
    watched.for_seconds(600)
    watched.broker.up = True
    watched.for_seconds(60)
    assert watched.ended == 0

    hearing.hear()
    watched.for_seconds(45)
    assert watched.ended == 0
