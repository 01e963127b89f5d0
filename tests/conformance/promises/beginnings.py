"""A site comes up whatever is missing around it, and finds it as soon as it is there."""

from tests.conformance.promises.hearing import HEARD_S, HEARING, shows, telling
from tests.conformance.promises.registry import promised
from tests.conformance.promises.scenes import beginning
from tests.conformance.running.started_site import CONSUMER, KINDS, StartedSite
from tests.conformance.running.waiting import until
from tests.conformance.running.wires import NEIGHBOURS


@promised(needs=KINDS, silent=NEIGHBOURS)
def starts_alone(site: StartedSite) -> None:
    """Started while broker, registry and Valkey swallow everything, it is ready, reads and writes."""
    seen = site.seen(beginning)

    assert {reply.status for reply in seen.ready.values()} == {200}
    assert seen.read is not None
    assert seen.written is not None
    assert seen.read.status == 200, seen.read
    assert seen.written.status < 300, seen.written


@promised(needs=KINDS, silent=NEIGHBOURS)
def contracts_published_when_possible(site: StartedSite) -> None:
    """Topics and schemas are made as soon as the neighbours are there, and what was written meanwhile is told."""
    assert site.seen(beginning).relayed


@promised(needs=HEARING)
def absent_topics_are_no_fault(site: StartedSite) -> None:
    """A topic that nobody made yet is shown as absent; once it is there it is read from its first record."""
    count = len(site.plan.hears)
    until(lambda: site.metric(CONSUMER, "messaging_absent_topics") == count, within_s=HEARD_S, what="absent topics")
    assert site.probe(CONSUMER, "/health/ready").status == 200
    subject = site.plan.subject(site)

    site.hear()
    site.broker.tell(telling(site, subject, 4, 1))

    shows(site, subject, 4)
