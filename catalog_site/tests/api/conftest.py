"""Callers of the API."""

from typing import Any

import pytest


@pytest.fixture
def editor(api: Any) -> Any:
    """A client that may change the catalogue."""
    return api(scope="catalog:write")


@pytest.fixture
def reader(api: Any) -> Any:
    """A client that may see everything."""
    return api(scope="catalog:read")
