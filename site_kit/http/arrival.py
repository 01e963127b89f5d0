"""Whether a request has arrived in full, seen from outside: by peeking, so that the server still reads every byte."""

import re
import socket

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,9})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
MOST_BYTES = 32_768  # what is waited for in the kernel's buffer; more than that is left to the server's own limits


class Arrival:
    """The bytes of one request on one connection, as they come in."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self._seen = 0
        self._awaited = 1  # the kernel's own: readable from the first byte

    @property
    def has_begun(self) -> bool:
        """Whether at least a byte has come."""
        return self._seen > 0

    def is_over(self) -> bool:
        """Whether there is nothing left to wait for: all has arrived, it is too much, or the caller has gone.

        Else the connection is made to look unreadable until the missing bytes are there (SO_RCVLOWAT), so that
        a poller does not wake for each look at the same bytes. Raises `OSError` for a connection that broke.
        """
        here = self._wire.recv(MOST_BYTES, socket.MSG_PEEK)
        wanted = wanted_bytes(here)
        grew = len(here) > self._seen
        self._seen = len(here)
        is_over = not grew or len(here) >= wanted or wanted > MOST_BYTES
        self._look_again_at(1 if is_over else wanted)
        return is_over

    def _look_again_at(self, count: int) -> None:
        if count != self._awaited:
            self._wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, count)
            self._awaited = count


def wanted_bytes(here: bytes) -> int:
    """How many bytes make the request whole, as far as its beginning tells."""
    head = here.find(HEAD_END)
    if head < 0:
        return len(here) + 1
    lengths = LENGTH.findall(here, 0, head + 2)
    body = int(lengths[0]) if len(lengths) == 1 else 0  # two lengths are an attack: let the server refuse it
    return head + len(HEAD_END) + body
