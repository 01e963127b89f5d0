"""One site under test per run of its tests: prepared once, started once, shared by every check."""

import os
from collections.abc import Iterator

import pytest

from tests.conformance import switches
from tests.conformance.plans.catalog import CatalogPlan
from tests.conformance.plans.inventory import InventoryPlan
from tests.conformance.plans.plan import Plan
from tests.conformance.promises.scenes import beginning
from tests.conformance.running.parts import Parts, parts
from tests.conformance.running.started_site import StartedSite
from tests.conformance.running.wires import NEIGHBOURS
from tests.conformance.running.workshop import Workshop, workshop
from tests.conformance.settings.under_test import BROKEN_VARIABLE
from tests.conftest import chosen_sites

PLANS: dict[str, Plan] = {"catalog": CatalogPlan(), "inventory": InventoryPlan()}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`promise` and `broken_promise` name a promise of the site; those not drawn are for `test --chaos`."""
    sites = chosen_sites()
    if "promise" in metafunc.fixturenames:
        pairs = [(site, promise.name) for site in sites for promise in switches.promises_of(site)]
        _parametrize(metafunc, "promise", [pytest.param(*pair, id="-".join(pair)) for pair in pairs])
    elif "broken_promise" in metafunc.fixturenames:
        marked = [param for site in sites for param in _to_be_broken(site)]
        _parametrize(metafunc, "broken_promise", marked)
    elif "made" in metafunc.fixturenames:
        metafunc.parametrize("made", sites, indirect=True, scope="session")


def _parametrize(metafunc: pytest.Metafunc, name: str, params: list[object]) -> None:
    metafunc.parametrize(("made", name), params, indirect=["made"], scope="session")


def _to_be_broken(site: str) -> Iterator[object]:
    drawn = switches.drawn(site)
    for promise in switches.promises_of(site):
        marks = () if promise.name in drawn else (pytest.mark.chaos,)
        yield pytest.param(site, promise.name, id=f"{site}-{promise.name}", marks=marks)


@pytest.fixture(scope="session")
def platform() -> Iterator[Parts]:
    """PostgreSQL, the broker, the registry and Valkey."""
    with parts() as found:
        yield found


@pytest.fixture(scope="session")
def made(request: pytest.FixtureRequest, platform: Parts) -> Iterator[Workshop]:
    """Where one site is started, sound or broken. CONFORMANCE_BROKEN breaks the one that should be sound."""
    broken = os.environ.get(BROKEN_VARIABLE, "")
    with workshop(PLANS[request.param], platform, broken=broken) as found:
        yield found


@pytest.fixture(scope="session")
def sound(made: Workshop) -> Iterator[StartedSite]:
    """The site, started while all its neighbours are black holes; they are there by now."""
    with made.site(silent=NEIGHBOURS) as site:
        site.seen(beginning)
        yield site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was drawn, so that the same can be drawn again."""
    for site in chosen_sites():
        terminalreporter.write_line(f"conformance: {site}: broken on purpose: {', '.join(switches.drawn(site))}")
    terminalreporter.write_line(f"conformance: {switches.SEED_VARIABLE}={switches.SEED} draws the same again")
