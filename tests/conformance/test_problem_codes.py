"""What the contracts say of codes is what the code says."""

from shared_contracts.apis.problem_codes import GENERIC, problem_codes
from site_kit.http.problem_codes import CODES
from tests.conformance.running.workshop import Workshop

NEVER_ANSWERED: dict[str, set[str]] = {
    "catalog": set(),
    "inventory": {"nothing_to_release", "order_cancelled", "reason_missing", "unknown_hold"},
}
"""What no caller of the API can meet: answers to other sites, and refusals that only staff see."""


def test_the_generic_codes_are_those_of_the_chassis() -> None:
    assert [code for code, _ in GENERIC] == list(CODES)


def test_every_refusal_of_a_site_is_published_with_its_meaning(made: Workshop) -> None:
    own = made.facts()["refusals"]

    published = set(problem_codes(made.plan.site)) - set(CODES)

    assert published <= own
    assert own - published - set(CODES) == NEVER_ANSWERED[made.plan.site]
