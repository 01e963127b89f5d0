"""The environment of this site's processes, typed and judged once."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from site_kit.settings.env import SiteEnv


class CatalogEnv(SiteEnv):
    """`CATALOG_…` variables beside the ones every site has."""

    SITE: ClassVar[str] = "catalog"
    PORT: ClassVar[int] = 8082
    VALKEY_DATABASE: ClassVar[int] = 2

    pictures_dir: Path | None = Field(
        None, description="a folder for product pictures that all web processes share (default: in the state folder)"
    )

    @property
    def pictures_folder(self) -> Path:
        """Where the pictures of products lie."""
        return self.pictures_dir or self.state_dir / "pictures"

    @property
    def public_url(self) -> str:
        """The address of this site as others see it: links in answers and events start with it."""
        return self.site_urls.get(self.SITE) or f"http://127.0.0.1:{self.port}"
