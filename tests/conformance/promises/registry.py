"""Every promise the suite checks: a name, a check, and what has to run for it to be seen broken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.conformance.running.started_site import WEB, StartedSite

Check = Callable[[StartedSite], None]
ALL_SITES = ("catalog", "inventory")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of every site in `sites`.

    `check` raises AssertionError when a started site does not keep it. `needs` are the processes a broken site has
    to have for that; with `silent`, it is started while these parts are black holes. `remade`: what is broken is the
    database, which is then migrated anew.
    """

    name: str
    check: Check
    needs: Sequence[str] = (WEB,)
    sites: Sequence[str] = ALL_SITES
    silent: Sequence[str] = ()
    remade: bool = False

    def look_at(self, site: StartedSite) -> None:
        """Check it. Raises AssertionError when the site does not keep it."""
        try:
            self.check(site)
        finally:
            site.hang_up()


PROMISES: dict[str, Promise] = {}


def promised(
    *,
    needs: Sequence[str] = (WEB,),
    sites: Sequence[str] = ALL_SITES,
    silent: Sequence[str] = (),
    remade: bool = False,
) -> Callable[[Check], Check]:
    """Enter a check; the promise is called as the function is."""

    def entered(check: Check) -> Check:
        name = check.__name__
        PROMISES[name] = Promise(name, check, needs, sites, silent, remade)
        return check

    return entered
