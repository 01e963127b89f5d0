"""What every test of this site can ask for."""

from collections.abc import Callable
from typing import Any

import pytest

from site_kit.messaging.testing import hear, told  # noqa: F401

pytest_plugins = ["site_kit.testing.plugin"]


@pytest.fixture
def news(told: Callable[[], list[Any]]) -> Callable[[], list[Any]]:  # noqa: F811 - the fixture of that name
    """`news()`: the events this site published since `news` was last asked, decoded, in order."""
    heard = 0

    def since() -> list[Any]:
        nonlocal heard
        events = told()[heard:]
        heard += len(events)
        return events

    return since
