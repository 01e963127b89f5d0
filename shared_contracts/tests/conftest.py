"""What every test of the contracts may ask for."""

import shutil
from pathlib import Path

import pytest

from shared_contracts.events.schemas import EVENTS_FOLDER
from shared_contracts.tests.contracts_copy import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Today's events, no API and no release."""
    shutil.copytree(EVENTS_FOLDER, tmp_path / "events", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "apis").mkdir()
    (tmp_path / "released").mkdir()
    return Copy(tmp_path)
