"""What the settings of a site under test change: limits that can be reached, one operation that ends, and switches.

CONFORMANCE_BROKEN names promises to break, separated by commas: those of site_kit.http by its own setting, all others
by the app `tests.conformance.sabotage`.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from tests.conformance.sabotage.table import SABOTAGE

BROKEN_VARIABLE = "CONFORMANCE_BROKEN"
CALLER_LIMIT = 120
GUEST_LIMIT = 600
METRICS_TOKEN = "a-token-for-scrapers"
"""Of no value outside of these tests."""


def broken() -> frozenset[str]:
    """The promises that this process shall break."""
    return frozenset(name for name in os.environ.get(BROKEN_VARIABLE, "").split(",") if name)


def http(usual: Mapping[str, Any]) -> dict[str, Any]:
    """HTTP, with its switches."""
    return {
        **usual,
        "DEPRECATIONS": f"tests.conformance.settings.deprecations.{usual['SITE'].upper()}",
        "RATE_LIMITS": {"caller": f"{CALLER_LIMIT}/m", "guest": f"{GUEST_LIMIT}/m"},
        "MAY_BREAK": True,
        "BROKEN": broken() - SABOTAGE.keys(),
    }


def apps(usual: Sequence[str]) -> list[str]:
    """INSTALLED_APPS, with the saboteur last."""
    return [*usual, "tests.conformance.sabotage.apps.SabotageConfig"]


def cookies(*usual: str) -> tuple[str, ...]:
    """Names of the session and CSRF cookies."""
    return ("sessionid", "csrftoken") if "cookies_named_per_site" in broken() else usual
