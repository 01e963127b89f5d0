"""What the contracts say of codes is what the code says."""

import json

from shared_contracts.apis.problem_codes import GENERIC, problem_codes
from site_kit.http.problem_codes import CODES
from tests.conformance.running.workshop import Workshop

NEVER_ANSWERED: dict[str, set[str]] = {
    "catalog": set(),
    "inventory": {"nothing_to_release", "order_cancelled", "reason_missing", "unknown_hold"},
}
"""What no caller of the API can meet: answers to other sites, and refusals that only staff see."""

LIST_REFUSALS = """
import json
from importlib import import_module
from django.conf import settings
from site_kit.refusals import Refusal
site = settings.SITE
status_of = import_module(f"{site}_site.api.errors").STATUS_OF
import_module(f"{site}_site.domain.errors")
def below(kind):
    return {kind}.union(*map(below, kind.__subclasses__()))
own = sorted({kind.code for top in status_of for kind in below(top) if not kind.__subclasses__()})
print("codes:" + json.dumps(own))
"""


def test_the_generic_codes_are_those_of_the_chassis() -> None:
    assert [code for code, _ in GENERIC] == list(CODES)


def test_every_refusal_of_a_site_is_published_with_its_meaning(made: Workshop) -> None:
    done = made.python(f"import django; django.setup()\n{LIST_REFUSALS}")
    assert done.returncode == 0, done.stderr
    own = set(json.loads(done.stdout.partition("codes:")[2]))

    published = set(problem_codes(made.plan.site)) - set(CODES)

    assert published <= own
    assert own - published - set(CODES) == NEVER_ANSWERED[made.plan.site]
