"""Many at once: threads with a database connection each."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, connections

R = TypeVar("R")


def at_once(works: Sequence[Callable[[], R]], *, threads: int = 16) -> list[R]:
    """Run all of them, `threads` at a time and the first ones together; results in the order given."""
    together = Barrier(min(threads, len(works)))

    def run(numbered: tuple[int, Callable[[], R]]) -> R:
        number, work = numbered
        try:
            if number < together.parties:
                together.wait(30)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, enumerate(works)))


def deadlocks() -> int:
    """Deadlocks PostgreSQL counted in this database so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        [(count,)] = cursor.fetchall()
    return int(count)


def outcome(work: Callable[[], Any], *refusals: type[Exception]) -> str:
    """ "done", or the name of the expected refusal."""
    try:
        work()
    except refusals as refusal:
        return type(refusal).__name__
    return "done"
