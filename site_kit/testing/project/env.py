"""The environment of the sample site."""

from typing import ClassVar

from site_kit.settings.env import SiteEnv


class SampleEnv(SiteEnv):
    """`SAMPLE_…` variables."""

    SITE: ClassVar[str] = "sample"
    PORT: ClassVar[int] = 8099
    VALKEY_DATABASE: ClassVar[int] = 9
