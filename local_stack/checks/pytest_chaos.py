"""pytest plugin of the test command: the mark `chaos` is known in every folder of tests.

`-p local_stack.checks.pytest_chaos`
"""

import pytest

CHAOS = "chaos: long proofs; run by `manage_all.py test --chaos` only"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark beside those of the folder's own settings."""
    config.addinivalue_line("markers", CHAOS)
