"""A wire between a process under test and a part of it, which a test can cut or let go silent."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

CHUNK = 65_536


class Wire:
    """Forwards TCP from a port of its own to `target`.

    silent()  nothing is forwarded any more; connections stay, new ones are accepted: a black hole
    cut()     connections end, new ones are refused
    mend()    as at the beginning; what went silent flows again
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener: socket.socket | None = None
        self._port = 0
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._flows = threading.Event()
        self._flows.set()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._listen()

    @property
    def port(self) -> int:
        """The port to connect to instead of the target's."""
        return self._port

    def silent(self) -> None:
        """Become a black hole."""
        self._flows.clear()

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        with self._lock:
            if self._listener is not None:
                with contextlib.suppress(OSError):
                    self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread in accept, which else keeps the port
                self._listener.close()
                self._listener = None
        self._drop_pairs()

    def mend(self) -> None:
        """Carry again."""
        if self._listener is None:
            self._listen()
        self._flows.set()

    def translator(self) -> Callable[[bytes], bytes]:
        """For one connection: what the target's bytes become on their way back. Here they stay what they are."""
        return bytes

    def close(self) -> None:
        """End for good."""
        self._ended.set()
        self._flows.set()
        self.cut()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _listen(self) -> None:
        listener = socket.create_server(("127.0.0.1", self._port), backlog=64)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while not self._ended.is_set():
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        self._flows.wait()
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:
            near.close()
            return
        self._pairs[near] = far
        with contextlib.suppress(OSError, ValueError), near, far:
            self._pump(near, far)
        self._pairs.pop(near, None)

    def _pump(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        translate = self.translator()
        with selectors.DefaultSelector() as ready:
            for side in other:
                ready.register(side, selectors.EVENT_READ)
            while not self._ended.is_set():
                for key, _ in ready.select(timeout=0.05):
                    self._flows.wait()
                    data = key.fileobj.recv(CHUNK)  # type: ignore[union-attr]  # sockets, as registered
                    if not data:
                        return
                    passed = translate(data) if key.fileobj is far else data
                    other[key.fileobj].sendall(passed)  # type: ignore[index]  # sockets, as registered

    def _drop_pairs(self) -> None:
        for near, far in list(self._pairs.items()):
            for side in (near, far):
                with contextlib.suppress(OSError):
                    side.shutdown(socket.SHUT_RDWR)
