"""The toy shop has no refusals of its own."""

from collections.abc import Mapping

from site_kit.refusals import Refusal

STATUS_OF: Mapping[type[Refusal], int] = {Refusal: 409}
