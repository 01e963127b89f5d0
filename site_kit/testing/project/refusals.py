"""Refusals of the sample site."""

from typing import ClassVar

from site_kit.refusals import Refusal


class TooHeavy(Refusal):
    """The shelf would break."""

    code: ClassVar[str] = "too_heavy"


STATUS_OF: dict[type[Refusal], int] = {TooHeavy: 409, Refusal: 409}
