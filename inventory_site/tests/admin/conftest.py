"""People in front of the back office."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def keeper(staff: Callable[..., Any]) -> Any:
    """The browser of a stock keeper."""
    return staff("stock_keeper")


@pytest.fixture
def auditor(staff: Callable[..., Any]) -> Any:
    """The browser of an auditor."""
    return staff("auditor")
