"""Nothing is on its way: no event waits to be sent, no message waits to be applied."""

from collections.abc import Callable, Iterator

from local_stack.verification.databases import Databases
from local_stack.verification.difference import Difference

PENDING = "SELECT topic, count(*), min(id) FROM messaging_outbox GROUP BY topic ORDER BY topic"
UNSENDABLE = "SELECT topic, aggregate_id, error FROM messaging_unsendable ORDER BY id"
STALLED = "SELECT state, topic, aggregate_id, reason, error FROM messaging_stalled_key ORDER BY state, topic, id"
MOVING = (
    "SELECT (SELECT count(*) FROM messaging_outbox)"
    " + (SELECT count(*) FROM messaging_stalled_key WHERE state = 'waiting')"
)


def pending_events(databases: Databases) -> Iterator[Difference]:
    """Events that were logged and are still not on the broker, per topic; events the broker refused, each."""
    for site, database in databases.items():
        for topic, count, first in database.execute(PENDING):
            yield Difference("pending", f"{site} {topic}", f"{count} events not sent, the oldest is {first}")
        for topic, aggregate, error in database.execute(UNSENDABLE):
            yield Difference("refused by the broker", f"{site} {topic} {aggregate}", error)


def stalled_keys(databases: Databases) -> Iterator[Difference]:
    """Keys that are parked, and keys that still wait for another aggregate."""
    for site, database in databases.items():
        for state, topic, aggregate, reason, error in database.execute(STALLED):
            yield Difference(state, f"{site} {topic} {aggregate}", error or reason)


def settle(databases: Databases, behind: Callable[[], int], *, give_up: Callable[[], bool]) -> None:
    """Return when nothing is pending, waiting or unread, or when `give_up` says that it took long enough.

    `behind` counts events that a site has not read yet.
    """
    while not give_up():
        if _moving(databases) + behind() == 0:
            return


def _moving(databases: Databases) -> int:
    rows = [database.execute(MOVING).fetchone() for database in databases.values()]
    return sum(row[0] for row in rows if row)
