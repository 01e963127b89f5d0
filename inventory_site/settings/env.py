"""The environment of this site's processes, typed and judged once."""

from typing import ClassVar

from site_kit.settings.env import SiteEnv


class InventoryEnv(SiteEnv):
    """`INVENTORY_…` variables: the ones every site has."""

    SITE: ClassVar[str] = "inventory"
    PORT: ClassVar[int] = 8083
    VALKEY_DATABASE: ClassVar[int] = 3
