"""The login form."""

from typing import ClassVar

from unfold.forms import AuthenticationForm


class LoginForm(AuthenticationForm):  # type: ignore[misc]  # Unfold ships no types
    """One sentence for every failure, so that it tells nobody which part was wrong."""

    error_messages: ClassVar[dict[str, str]] = {
        "invalid_login": (
            "That name and password do not fit together, or there were too many tries: wait a quarter of an hour."
        ),
        "inactive": "That name and password do not fit together, or there were too many tries.",
    }
