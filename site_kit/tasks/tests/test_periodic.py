"""Periodic work: done once, logged, and never the end of the worker."""

from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError

from site_kit.context import Context, current
from site_kit.processes import database_gate
from site_kit.tasks import periodic as module
from site_kit.tasks.models import Turn
from site_kit.tasks.periodic import KINDS, Periodic, periodic, run_turn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds_as_before() -> Iterator[None]:
    before = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(before)


def kind_of(work: Callable[[], object], *, every_s: float = 60, claimed: bool = True) -> Periodic:
    periodic(every_s=every_s, name="shelf.work", claimed=claimed)(work)
    return KINDS["shelf.work"]


def test_it_is_done_once_in_its_time_however_often_a_beat_ticks() -> None:
    done: list[int] = []
    kind = kind_of(lambda: done.append(1))

    assert [run_turn(kind) for _ in range(3)] == [True, False, False]
    assert done == [1]
    assert not Turn.objects.get(name="shelf.work").is_running


def test_work_with_a_lock_of_its_own_runs_at_every_tick_and_claims_nothing() -> None:
    done: list[int] = []
    kind = kind_of(lambda: done.append(1), claimed=False)

    assert [run_turn(kind) for _ in range(3)] == [True, True, True]
    assert done == [1, 1, 1]
    assert not Turn.objects.exists()


def test_a_fault_is_kept_by_kind_without_its_words_and_ends_nothing() -> None:
    def fail() -> None:
        raise ValueError("jane@example.org")

    assert run_turn(kind_of(fail)) is False
    assert Turn.objects.get(name="shelf.work").fault == "ValueError"


def test_a_kind_never_runs_twice_at_once_in_a_worker() -> None:
    inner: list[bool] = []
    kind = kind_of(lambda: inner.append(run_turn(kind)), claimed=False)

    assert run_turn(kind) is True
    assert inner == [False]


def test_it_acts_as_the_system_under_an_id_of_its_own() -> None:
    seen: list[Context] = []
    kind = kind_of(lambda: seen.append(current()), claimed=False)

    run_turn(kind)
    run_turn(kind)

    assert {str(context.actor) for context in seen} == {"system:shelf.work"}
    assert seen[0].correlation_id != seen[1].correlation_id


def test_without_a_database_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(database_gate, "is_open", lambda: False)

    assert run_turn(kind_of(lambda: done.append(1))) is False
    assert done == []


def test_a_database_that_goes_away_in_between_is_no_end_of_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(module, "claim_turn", away)
    kind = kind_of(lambda: None)

    assert run_turn(kind) is False
    assert not kind.slot.locked()


def test_the_name_is_the_app_and_the_function() -> None:
    def sweep_rooms() -> None: ...

    sweep_rooms.__module__ = "inventory_site.tasks"
    periodic(every_s=5)(sweep_rooms)

    assert "inventory_site.sweep_rooms" in KINDS


@pytest.mark.parametrize(("every_s", "tick_s"), [(1, 1), (60, 60), (86_400, 60)])
def test_a_beat_asks_every_minute_for_what_is_due_daily(every_s: float, tick_s: float) -> None:
    assert kind_of(lambda: None, every_s=every_s).tick_s == tick_s
