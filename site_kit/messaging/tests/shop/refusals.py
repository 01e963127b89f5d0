"""The toy shop refuses nothing."""

from collections.abc import Mapping

from site_kit.refusals import Refusal

STATUS_OF: Mapping[type[Refusal], int] = {}
