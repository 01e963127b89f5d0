"""A wire between a client and a neighbour that can be cut without either noticing."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

_CHUNK = 65_536


class Proxy:
    """Listens on a port of its own and passes bytes to `target`; a black hole takes them and answers nothing."""

    def __init__(self, target: tuple[str, int], *, kafka: bool = False) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._passing = threading.Event()
        self._passing.set()
        self._pairs: list[socket.socket] = []
        self._alter: Callable[[bytes], bytes] = self._own_address if kafka else bytes
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """host:port to give to a client."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def become_black_hole(self) -> None:
        """From now on bytes are taken and never passed on."""
        self._passing.clear()

    def pass_again(self) -> None:
        """New connections work; those that lost bytes are dropped."""
        self._drop()
        self._passing.set()

    def close(self) -> None:
        self._listener.close()
        self._drop()

    def _drop(self) -> None:
        pairs, self._pairs = self._pairs, []
        for end in pairs:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
            except OSError:
                return
            self._pairs += [client, server]
            threading.Thread(target=self._pump, args=(client, server, bytes), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, self._alter), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, alter: Callable[[bytes], bytes]) -> None:
        try:
            while chunk := source.recv(_CHUNK):
                if self._passing.is_set():
                    sink.sendall(alter(chunk))
        except OSError:
            pass
        finally:
            for end in (source, sink):
                end.close()

    def _own_address(self, chunk: bytes) -> bytes:
        """A broker tells clients where to go on; let that be this wire."""
        host, port = self._target
        mine = self._listener.getsockname()[1]
        return chunk.replace(host.encode() + struct.pack(">i", port), host.encode() + struct.pack(">i", mine))


@contextmanager
def wire(address: str, *, kafka: bool = False) -> Iterator[Proxy]:
    """A proxy before `address` (host:port or a URL) for a while."""
    url = urlsplit(address if "//" in address else f"//{address}")
    proxy = Proxy((url.hostname or "", url.port or 0), kafka=kafka)
    try:
        yield proxy
    finally:
        proxy.close()
