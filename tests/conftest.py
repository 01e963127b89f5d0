"""What the tests over several sites share: which sites a run is about."""

import os

import pytest

from local_stack.checks.plan import SITES_VARIABLE
from local_stack.sites import SITES


def chosen_sites() -> list[str]:
    """The sites this run is about: those named by the test command, else all."""
    named = os.environ.get(SITES_VARIABLE, "")
    return sorted(named.split(",")) if named else sorted(SITES)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with a `site` argument runs once for each site of the run."""
    if "site" in metafunc.fixturenames:
        metafunc.parametrize("site", chosen_sites(), scope="session")
