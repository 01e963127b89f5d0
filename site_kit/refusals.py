"""The one kind of exception that means "no, and here is why"."""

from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An expected no: never retried, shown to the person or the caller.

    A subclass names one refusal and carries its stable `code`. `details` holds JSON-ready facts
    (which line, how many were left) that an API answer may repeat.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.details: Mapping[str, Any] = details
