"""Tell a site something about a subject, and wait until it shows it."""

from tests.conformance.plans.plan import Subject
from tests.conformance.running.broker import Telling
from tests.conformance.running.started_site import CONSUMER, WEB, StartedSite
from tests.conformance.running.waiting import until

HEARING = (WEB, CONSUMER)
HEARD_S = 20.0


def telling(site: StartedSite, subject: Subject, number: int, version: int) -> Telling:
    """The other site says: the number is such-and-such now."""
    return Telling.of(site.plan.fact(subject, number, version), version=version)


def shows(site: StartedSite, subject: Subject, number: int) -> None:
    """Wait until the site shows the number."""
    until(lambda: site.plan.shown(site, subject) == number, within_s=HEARD_S, what=f"{number} is shown")
