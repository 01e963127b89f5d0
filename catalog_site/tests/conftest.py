"""What every test of this site can ask for."""

import pytest
from django.conf import settings

from catalog_site.tests import factories


@pytest.fixture(autouse=True)
def _pictures_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a pictures folder of its own."""
    monkeypatch.setattr(settings, "CATALOG_PICTURES_DIR", tmp_path_factory.mktemp("pictures"))


@pytest.fixture
def colours(db: None) -> None:
    """The axes colour (red, blue) and size (s, m)."""
    factories.axis("colour", "Colour", {"red": "Red", "blue": "Blue"})
    factories.axis("size", "Size", {"s": "S", "m": "M"})
