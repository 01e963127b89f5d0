"""What every test of this site can ask for."""

from collections.abc import Callable
from typing import Any

import pytest

pytest_plugins = ["site_kit.testing.plugin"]


@pytest.fixture
def news(told: Callable[[], list[Any]]) -> Callable[[], list[Any]]:
    """`news()`: the events this site published since `news` was last asked, decoded, in order."""
    heard = 0

    def since() -> list[Any]:
        nonlocal heard
        events = told()[heard:]
        heard += len(events)
        return events

    return since
