"""Every promise is kept by the started site, and would be missed if it were not."""

import pytest

from tests.conformance.promises.registry import PROMISES
from tests.conformance.running.started_site import StartedSite
from tests.conformance.running.workshop import Workshop


def test_it_is_kept(sound: StartedSite, promise: str) -> None:
    PROMISES[promise].look_at(sound)


def test_its_absence_is_noticed(made: Workshop, broken_promise: str) -> None:
    promise = PROMISES[broken_promise]

    with made.site(kinds=promise.needs, broken=promise.name, silent=promise.silent, remade=promise.remade) as site:
        if not promise.silent:
            site.await_answers("/health/live")
        with pytest.raises(AssertionError):
            promise.look_at(site)
