"""Callers of the API."""

from typing import Any

import pytest


@pytest.fixture
def reader(api: Any) -> Any:
    """A client that may see everything."""
    return api(scope="inventory:read")


@pytest.fixture
def shop(api: Any) -> Any:
    """A client that may promise stock."""
    return api(scope="inventory:reserve", subject="shop")


@pytest.fixture
def keeper(api: Any) -> Any:
    """A client that may change stock."""
    return api(scope="inventory:adjust inventory:read", subject="keeper")
