"""Every promise has a check and a switch, and no switch works where it could do harm."""

import pytest

from tests.conformance import switches
from tests.conformance.promises.registry import PROMISES
from tests.conformance.running.workshop import Workshop
from tests.conformance.sabotage.table import SABOTAGE


def test_every_promise_has_exactly_one_switch(made: Workshop) -> None:
    known = made.facts()["promises"]

    assert known & SABOTAGE.keys() == set()
    assert known | SABOTAGE.keys() == PROMISES.keys()


def test_the_same_seed_draws_the_same_promises() -> None:
    assert switches.drawn("catalog") == switches.drawn("catalog")
    assert len(set(switches.drawn("catalog"))) == switches.DRAWN_PER_SITE


def test_settings_that_are_no_test_settings_break_nothing(made: Workshop) -> None:
    done = made.python(
        "import django; from django.conf import settings; settings.HTTP['BROKEN'] = ['hop_limit']; django.setup()",
        settings=f"{made.plan.site}_site.settings.base",
    )

    assert done.returncode != 0
    assert "breaks promises on purpose" in done.stderr


@pytest.mark.parametrize("folder", ["site_kit", "catalog_site", "inventory_site"])
def test_nothing_of_the_product_knows_the_saboteur(folder: str) -> None:
    files = [file for file in (switches.CLONE / folder).rglob("*.py") if "tests.conformance" in file.read_text()]

    assert files == []
