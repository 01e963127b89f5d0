"""A turn is had by one worker at a time, and comes round when it is due."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from site_kit.tasks.models import Turn
from site_kit.tasks.turns import claim_turn, give_turn_back

NAME = "shelf.sweep"


def claim(every_s: float = 60, at_most_s: float = 600) -> datetime | None:
    return claim_turn(name=NAME, every_s=every_s, at_most_s=at_most_s)


def long_ago(seconds: float) -> None:
    """Let the turn have begun that long ago."""
    Turn.objects.update(begun_at=Turn.objects.get(name=NAME).begun_at - timedelta(seconds=seconds))


def give_back(begun_at: datetime, every_s: float = 60, fault: str = "") -> None:
    give_turn_back(name=NAME, begun_at=begun_at, every_s=every_s, fault=fault)


def test_ten_workers_at_once_are_one_turn(committed_database: str) -> None:
    start = Barrier(10)

    def worker(_: int) -> bool:
        start.wait()
        try:
            return claim() is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        had = sum(pool.map(worker, range(10)))

    assert had == 1


@pytest.mark.django_db
class TestOneTurn:
    """In one transaction the clock of the database still moves (clock_timestamp)."""

    def test_the_first_is_due_at_once(self) -> None:
        assert claim() is not None
        assert Turn.objects.get(name=NAME).is_running

    def test_a_turn_given_back_is_not_due_before_its_time(self) -> None:
        begun_at = claim()
        assert begun_at
        give_back(begun_at)

        assert claim() is None

    def test_it_is_due_again_after_its_time_and_a_tick_may_come_a_little_early(self) -> None:
        begun_at = claim()
        assert begun_at
        give_back(begun_at)
        long_ago(0.95 * 60)

        assert claim() is not None

    def test_one_that_is_still_running_is_nobody_elses(self) -> None:
        claim()
        long_ago(61)

        assert claim() is None

    def test_one_that_nobody_gave_back_is_free_after_its_limit(self) -> None:
        claim()
        long_ago(601)

        assert claim() is not None

    def test_a_late_worker_does_not_end_the_turn_of_its_successor(self) -> None:
        late = claim()
        assert late
        long_ago(601)
        claim()

        give_back(late)

        assert Turn.objects.get(name=NAME).is_running

    def test_a_daily_turn_that_failed_is_due_again_after_a_minute(self) -> None:
        day = 24 * 60 * 60
        begun_at = claim(every_s=day)
        assert begun_at
        give_back(begun_at, every_s=day, fault="OperationalError")
        assert claim(every_s=day) is None

        long_ago(61)

        assert Turn.objects.get(name=NAME).fault == "OperationalError"
        assert claim(every_s=day) is not None
