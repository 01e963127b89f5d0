"""Every published event was applied exactly once in every site that listens to its topic."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from local_stack.verification.databases import Databases
from local_stack.verification.difference import Difference

LISTENED = "SELECT topic FROM messaging_consumed_topic ORDER BY topic"
PUBLISHED_TOPICS = "SELECT DISTINCT topic FROM messaging_stream ORDER BY topic"
# The inbox remembers ids for 14 days; versions are remembered for ever.
LOGGED = (
    "SELECT event_id, aggregate_id, version FROM messaging_event"
    " WHERE topic = %s AND published AND recorded_at > now() - interval '13 days' ORDER BY id"
)
APPLIED = "SELECT event_id FROM messaging_inbox WHERE event_id = ANY(%s)"
SAID = "SELECT aggregate_id, version FROM messaging_stream WHERE topic = %s"
HEARD = "SELECT aggregate_id, version FROM messaging_inbox_stream WHERE topic = %s"
COUNTED = (
    "SELECT topic, aggregate_id, count(*), max(version) FROM messaging_event GROUP BY topic, aggregate_id"
    " HAVING count(*) <> max(version) OR count(DISTINCT version) <> count(*)"
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One site that listens to one topic of another."""

    topic: str
    publisher: str
    listener: str

    def __str__(self) -> str:
        return f"{self.topic} from {self.publisher} to {self.listener}"


def subscriptions(databases: Databases) -> list[Subscription]:
    """Who listens to whom, as the sites themselves recorded it."""
    publishers = {topic: site for site in databases for (topic,) in databases[site].execute(PUBLISHED_TOPICS)}
    return [
        Subscription(topic=topic, publisher=publishers[topic], listener=site)
        for site in databases
        for (topic,) in databases[site].execute(LISTENED)
        if topic in publishers
    ]


def unread_events(databases: Databases) -> int:
    """Events said and not yet heard, over all subscriptions: the difference of the versions."""
    missing = 0
    for one in subscriptions(databases):
        heard: dict[str, int] = dict(databases[one.listener].execute(HEARD, [one.topic]).fetchall())
        said = databases[one.publisher].execute(SAID, [one.topic])
        missing += sum(max(0, version - heard.get(aggregate, 0)) for aggregate, version in said)
    return missing


def applied_once(databases: Databases) -> Iterator[Difference]:
    """Events missing from a listener's inbox, and streams on which listener and publisher count differently.

    The inbox cannot hold an id twice (primary key), so present means applied exactly once.
    """
    for one in subscriptions(databases):
        yield from _missing(databases, one)
        yield from _versions(databases, one)


def contiguous(databases: Databases) -> Iterator[Difference]:
    """Streams of the event log whose versions have a hole or a twin."""
    for site, database in databases.items():
        for topic, aggregate, count, last in database.execute(COUNTED):
            yield Difference("event log", f"{site} {topic} {aggregate}", f"{count} events, last version {last}")


def _missing(databases: Databases, one: Subscription) -> Iterator[Difference]:
    logged = databases[one.publisher].execute(LOGGED, [one.topic]).fetchall()
    applied = _applied(databases, one.listener, [event_id for event_id, _, _ in logged])
    for event_id, aggregate, version in logged:
        if event_id not in applied:
            yield Difference("applied once", str(one), f"event {event_id} ({aggregate} version {version}) is missing")


def _applied(databases: Databases, site: str, event_ids: list[UUID]) -> set[UUID]:
    return {event_id for (event_id,) in databases[site].execute(APPLIED, [event_ids])}


def _versions(databases: Databases, one: Subscription) -> Iterator[Difference]:
    said: dict[str, int] = dict(databases[one.publisher].execute(SAID, [one.topic]).fetchall())
    heard: dict[str, int] = dict(databases[one.listener].execute(HEARD, [one.topic]).fetchall())
    for aggregate in sorted(said.keys() | heard.keys()):
        if said.get(aggregate) != heard.get(aggregate):
            sentence = f"{aggregate}: said version {said.get(aggregate, 0)}, heard {heard.get(aggregate, 0)}"
            yield Difference("versions", str(one), sentence)
