"""Which promises a run breaks on purpose: three for each site, drawn from a seed that is printed."""

import os
import secrets
from pathlib import Path
from random import Random

# isort: off
from tests.conformance.promises import (  # noqa: F401 - importing a module enters its promises, in this order
    problems,
    strangers,
    lists,
    writes,
    rates,
    announcements,
    identity,
    metrics,
    beginnings,  # the topics that a site listens to are not there before
    listening,
    correlation,
    events,
    event_log,
    outages,
)
from tests.conformance.promises.registry import PROMISES, Promise
# isort: on

CLONE = Path(__file__).parents[2]
SEED_VARIABLE = "CONFORMANCE_SEED"
DRAWN_PER_SITE = 3
SEED = os.environ.get(SEED_VARIABLE) or secrets.token_hex(4)


def promises_of(site: str) -> list[Promise]:
    """The promises that concern a site, in the order in which they are looked at."""
    return [promise for promise in PROMISES.values() if site in promise.sites]


def drawn(site: str) -> list[str]:
    """The promises of a site that this run breaks."""
    names = sorted(promise.name for promise in promises_of(site))
    return sorted(Random(f"{SEED} {site}").sample(names, DRAWN_PER_SITE))
