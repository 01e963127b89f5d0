"""What other sites tell is heard once each, in order per key, and a bad message stops nothing but its key."""

from datetime import UTC, datetime, timedelta

from tests.conformance.promises.hearing import HEARING, shows, telling
from tests.conformance.promises.registry import promised
from tests.conformance.running.broker import Telling
from tests.conformance.running.started_site import CONSUMER, StartedSite
from tests.conformance.running.waiting import until

WAITING, PARKED = "messaging_waiting_keys", "messaging_parked_keys"
DUPLICATES, HANDLED = "messaging_duplicates_total", "messaging_handled_total"


@promised(needs=HEARING)
def duplicates_are_dropped(site: StartedSite) -> None:
    """A record that comes again, at once or behind newer ones, has no effect and stops nothing."""
    site.hear()
    subject = site.plan.subject(site)
    first, second, third = (telling(site, subject, number, at) for at, number in enumerate((3, 7, 9), start=1))
    stalled = _stalled(site)
    duplicates, handled = site.metric(CONSUMER, DUPLICATES), site.metric(CONSUMER, HANDLED)

    site.broker.tell(first, first, second, first, second, third)

    shows(site, subject, 9)
    until(lambda: site.metric(CONSUMER, DUPLICATES) == duplicates + 3, within_s=5, what="three duplicates")
    assert site.metric(CONSUMER, HANDLED) == handled + 3
    assert _stalled(site) == stalled


@promised(needs=HEARING)
def late_repetitions_are_dropped(site: StartedSite) -> None:
    """A repetition that comes when its id is forgotten is known by its version."""
    site.hear()
    subject = site.plan.subject(site)
    stalled = _stalled(site)
    long_ago = datetime.now(UTC) - timedelta(days=40)
    old = Telling.of(site.plan.fact(subject, 3, 1), version=1, drawn_at=long_ago)

    site.broker.tell(old, telling(site, subject, 7, 2), old, telling(site, subject, 9, 3))

    shows(site, subject, 9)
    assert _stalled(site) == stalled


@promised(needs=HEARING)
def gaps_wait(site: StartedSite) -> None:
    """What comes too early waits for what is missing; other keys do not."""
    site.hear()
    subject, other = site.plan.subject(site), site.plan.subject(site)
    before = site.metric(CONSUMER, WAITING)

    site.broker.tell(telling(site, subject, 1, 1), telling(site, subject, 3, 3), telling(site, other, 5, 1))
    shows(site, other, 5)
    until(lambda: site.metric(CONSUMER, WAITING) == before + 1, within_s=5, what="one key that waits")
    assert site.plan.shown(site, subject) == 1

    site.broker.tell(telling(site, subject, 2, 2))

    shows(site, subject, 3)
    until(lambda: site.metric(CONSUMER, WAITING) == before, within_s=5, what="no key that waits")


@promised(needs=HEARING)
def poison_stops_one_key(site: StartedSite) -> None:
    """A message that cannot be read parks its key; other keys go on, and so does this one once staff skip it."""
    site.hear()
    subject, other = site.plan.subject(site), site.plan.subject(site)
    before = site.metric(CONSUMER, PARKED)
    poison = Telling.of(site.plan.fact(subject, 2, 2), version=2, value=b"\0\0\0\0\x01\xff\xff\xff nonsense")

    site.broker.tell(telling(site, subject, 1, 1), poison, telling(site, subject, 3, 3), telling(site, other, 5, 1))
    shows(site, other, 5)
    until(lambda: site.metric(CONSUMER, PARKED) == before + 1, within_s=5, what="one key that is parked")
    assert site.plan.shown(site, subject) == 1

    skipped = site.command("parked", "skip", "--reason", "undecodable", "--why", "nobody can read it")

    assert skipped.returncode == 0, skipped.stdout + skipped.stderr
    shows(site, subject, 3)
    until(lambda: site.metric(CONSUMER, PARKED) == before, within_s=5, what="no key that is parked")


@promised(needs=HEARING)
def forks_are_parked(site: StartedSite) -> None:
    """A version that was seen, with an id that was not: another history is never applied and never dropped."""
    site.hear()
    subject, other = site.plan.subject(site), site.plan.subject(site)
    before = site.metric(CONSUMER, PARKED)

    site.broker.tell(telling(site, subject, 1, 1), telling(site, subject, 8, 1), telling(site, other, 5, 1))
    shows(site, other, 5)

    until(lambda: site.metric(CONSUMER, PARKED) == before + 1, within_s=5, what="one key that is parked")
    assert site.plan.shown(site, subject) == 1
    alarms = [line for line in site.processes[CONSUMER].log_lines() if line["event"] == "key_stalled"]
    assert any(line["aggregate_id"] == subject.key and line["reason"] == "fork" for line in alarms)


def _stalled(site: StartedSite) -> float:
    return site.metric(CONSUMER, WAITING) + site.metric(CONSUMER, PARKED)
