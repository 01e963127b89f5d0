"""Ask a process whether it is ready, in its own language and without its libraries.

The supervisor holds no client library in memory, so each question is the few bytes its protocol needs.
"""

import asyncio
import struct

from local_stack.supervision.spec import Probe

HOST = "127.0.0.1"
PATIENCE_S = 2.0


async def is_ready(probe: Probe) -> bool:
    """One question, answered within two seconds; silence, refusal and nonsense are a no."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            reader, writer = await asyncio.open_connection(HOST, probe.port)
            try:
                writer.write(_question(probe))
                return _is_yes(probe, await reader.read(64))
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


def _question(probe: Probe) -> bytes:
    match probe.kind:
        case "http":
            return f"GET {probe.path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        case "valkey":
            return b"PING\r\n"
        case "kafka":  # ApiVersions v0: api key 18, version 0, correlation id 7, no client id
            return struct.pack(">ihhih", 10, 18, 0, 7, -1)
        case "postgresql":  # a start-up message; a server that still recovers answers with an error at once
            body = struct.pack(">i", 196608) + b"user\0probe\0database\0postgres\0\0"
            return struct.pack(">i", len(body) + 4) + body


def _is_yes(probe: Probe, answer: bytes) -> bool:
    match probe.kind:
        case "http":
            return answer.startswith((b"HTTP/1.1 200 ", b"HTTP/1.0 200 "))
        case "valkey":
            return answer.startswith((b"+PONG", b"-NOAUTH"))
        case "kafka":
            return answer[4:10] == struct.pack(">ih", 7, 0)
        case "postgresql":
            return answer.startswith(b"R")
