"""A wire to a Kafka broker. Its clients go where the broker says it is, so the answers have to name the wire."""

import struct
from collections.abc import Callable

from site_kit.testing.wire import Wire

SIZE = struct.Struct(">I")


class KafkaWire(Wire):
    """Forwards to a broker and puts its own port into every answer that names the broker's address."""

    def __init__(self, host: str, port: int) -> None:
        self._named = _address(host, port)
        self._host = host
        super().__init__(host, port)

    def translator(self) -> Callable[[bytes], bytes]:
        """One connection's answers, frame by frame: an address may lie across two packets."""
        return _Answers(self._named, _address(self._host, self.port)).translated


class _Answers:
    def __init__(self, named: bytes, instead: bytes) -> None:
        self._named, self._instead = named, instead
        self._kept = b""

    def translated(self, data: bytes) -> bytes:
        self._kept += data
        whole = self._whole_frames()
        frames, self._kept = self._kept[:whole], self._kept[whole:]
        return frames.replace(self._named, self._instead)  # of equal length, so every frame keeps its size

    def _whole_frames(self) -> int:
        end = 0
        while len(self._kept) - end >= SIZE.size:
            (size,) = SIZE.unpack_from(self._kept, end)
            if len(self._kept) - end < SIZE.size + size:
                break
            end += SIZE.size + size
        return end


def _address(host: str, port: int) -> bytes:
    """Host and port as they stand side by side in every answer of the protocol that names a broker."""
    return host.encode() + struct.pack(">i", port)
