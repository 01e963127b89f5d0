"""What to do when a machine lacks something: a person reads a reason, continuous integration fails."""

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip with the reason; with `CI=true` fail, because there everything has to be checked."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"missing with CI=true: {reason}", pytrace=False)
    pytest.skip(reason)
