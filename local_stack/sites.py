"""Which sites there are: one row each, and nothing else in local_stack knows one by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from local_stack import exit_codes
from local_stack.refusals import StackRefusal
from local_stack.verb_list import unknown


@dataclass(frozen=True, slots=True)
class Site:
    """One Django project of the platform; `roles` are the staff roles that work in its back office."""

    name: str
    title: str
    port: int
    database: str
    valkey_database: int
    roles: tuple[str, ...]

    @property
    def package(self) -> str:
        """The folder in the repository, which is also the import package."""
        return f"{self.name}_site"

    @property
    def prefix(self) -> str:
        """What the names of its variables in the environment start with."""
        return self.name.upper()

    @property
    def processes(self) -> tuple[str, str, str]:
        """The names of its three processes."""
        return f"{self.name}-web", f"{self.name}-worker", f"{self.name}-consumer"


SITES: Mapping[str, Site] = {
    site.name: site
    for site in (
        Site("catalog", "Product catalog", 8082, "product_catalog_db", 2, ("catalog_editor", "auditor")),
        Site("inventory", "Inventory", 8083, "inventory_db", 3, ("stock_keeper", "auditor")),
    )
}


def chosen(name: str | None) -> list[Site]:
    """The site of this name, or all when none is given. Raises StackRefusal naming the nearest."""
    if name is None:
        return list(SITES.values())
    if name.removesuffix("_site") not in SITES:
        raise StackRefusal(unknown("site", name, SITES), exit_code=exit_codes.USAGE)
    return [SITES[name.removesuffix("_site")]]
