"""What a start page is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from django.http import HttpRequest

Tone = Literal["calm", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One number that matters, and where to go about it.

    `number` may be text ("2 min"); None reads as "unknown". `tone` colours it: calm, good, warn, bad.
    `link` is a path in this back office; a person without the permission `needs` does not see the card.
    """

    label: str
    number: int | str | None
    link: str = ""
    tone: Tone = "calm"
    hint: str = ""
    needs: str = ""


class StartPage(Protocol):
    """The site's callback named in BACKOFFICE["START_PAGE"]: few, cheap queries."""

    def __call__(self, request: HttpRequest) -> Sequence[Card]: ...
