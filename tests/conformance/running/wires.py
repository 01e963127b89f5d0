"""A wire before each part that a site leans on: it carries, swallows everything, or is cut."""

from urllib.parse import urlsplit

from site_kit.testing.wire import Wire
from tests.conformance.running.kafka_wire import KafkaWire
from tests.conformance.running.parts import Parts

HOST = "127.0.0.1"
NEIGHBOURS = ("broker", "registry", "valkey")
"""What a site can do without, as `/health/ready` calls it."""


class Wires:
    """The four wires of one site. `close` them."""

    def __init__(self, parts: Parts) -> None:
        broker = parts.brokers.split(",")[0].rpartition(":")
        self._parts = parts
        self._wires: dict[str, Wire] = {
            "database": _to(parts.database),
            "registry": _to(parts.registry),
            "valkey": _to(parts.valkey),
            "broker": KafkaWire(broker[0], int(broker[2])),
        }

    @property
    def brokers(self) -> str:
        """The broker by its wire."""
        return f"{HOST}:{self._wires['broker'].port}"

    @property
    def registry(self) -> str:
        """The registry by its wire."""
        return self.through("registry", self._parts.registry)

    @property
    def valkey(self) -> str:
        """Valkey by its wire."""
        return self.through("valkey", self._parts.valkey)

    def through(self, part: str, url: str) -> str:
        """An address of a part, by its wire."""
        at = urlsplit(url)
        login, at_sign, _ = at.netloc.rpartition("@")
        return at._replace(netloc=f"{login}{at_sign}{HOST}:{self._wires[part].port}").geturl()

    def silent(self, *parts: str) -> None:
        """Make black holes: connections stay and new ones are accepted, but no byte goes through."""
        for part in parts:
            self._wires[part].silent()

    def cut(self, part: str) -> None:
        """End all connections to a part and refuse new ones."""
        self._wires[part].cut()

    def mend(self, *parts: str) -> None:
        """Carry again; all of them when none is named."""
        for part in parts or tuple(self._wires):
            self._wires[part].mend()

    def close(self) -> None:
        """End for good."""
        for wire in self._wires.values():
            wire.close()


def _to(url: str) -> Wire:
    at = urlsplit(url)
    if at.hostname is None or at.port is None:
        raise ValueError(f"no host and port in the address of a {at.scheme} part")
    return Wire(at.hostname, at.port)
