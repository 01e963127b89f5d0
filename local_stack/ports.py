"""Which port everything listens on: fixed numbers, all moved by one offset."""

import socket
from dataclasses import dataclass
from random import Random

from local_stack.sites import SITES

PARTS = {
    "postgresql": 25432,
    "kafka": 29092,
    "kafka-controller": 29093,
    "registry": 28070,
    "registry-management": 28071,
    "valkey": 26379,
}
WORKER_OFFSET, CONSUMER_OFFSET = 1000, 2000
HIGHEST_OFFSET = 3500  # beyond it the broker's ports would meet those that the system hands out itself


@dataclass(frozen=True, slots=True)
class Ports:
    """Every port of one platform."""

    offset: int = 0

    def of_part(self, name: str) -> int:
        """The port of an embedded part."""
        return PARTS[name] + self.offset

    def of_web(self, site: str) -> int:
        """Where a site answers HTTP."""
        return SITES[site].port + self.offset

    def of_worker(self, site: str) -> int:
        """Where a site's worker answers live, ready and metrics."""
        return self.of_web(site) + WORKER_OFFSET

    def of_consumer(self, site: str) -> int:
        """Where a site's consumer answers live, ready and metrics."""
        return self.of_web(site) + CONSUMER_OFFSET

    def by_process(self) -> dict[str, int]:
        """Every port with the name of the process that wants it."""
        sites = {}
        for site in SITES:
            sites[f"{site}-web"] = self.of_web(site)
            sites[f"{site}-worker"] = self.of_worker(site)
            sites[f"{site}-consumer"] = self.of_consumer(site)
        return {name: port + self.offset for name, port in PARTS.items()} | sites


def free(chance: Random) -> Ports:
    """Ports that nobody listens on right now, all moved by the same offset."""
    while True:
        ports = Ports(offset=chance.randrange(10, HIGHEST_OFFSET))
        if not any(taken(port) for port in ports.by_process().values()):
            return ports


def taken(port: int) -> bool:
    """True when a process listens on the port of the loopback (or of every address)."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
