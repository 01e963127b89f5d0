"""Does a part answer? One short question each, in its own protocol, over a plain socket.

A port that accepts proves little: the kernel accepts for a process that hangs. So each is asked something
that its program must answer. Behind TLS the handshake is the answer.
"""

import socket
import ssl
import struct
from collections.abc import Callable
from urllib.parse import urlsplit

WITHIN_S = 0.5
DEFAULT_PORTS = {"redis": 6379, "rediss": 6379, "valkey": 6379, "valkeys": 6379, "http": 80, "https": 443}
ENCRYPTED = {"rediss", "valkeys", "https"}

# ApiVersions version 0: length, api key 18, version 0, correlation id 1, client id "probe".
API_VERSIONS = struct.pack(">ihhih5s", 15, 18, 0, 1, 5, b"probe")

Probe = Callable[[], bool]


def broker_answers(bootstrap_servers: str) -> bool:
    """Whether one of the brokers (host:port, comma separated) answers a Kafka request."""
    return any(_asked(*_host_port(server), API_VERSIONS, tls=False) for server in bootstrap_servers.split(","))


def valkey_answers(url: str) -> bool:
    """Whether Valkey answers PING; "log in first" is an answer too."""
    return _url_asked(url, b"PING\r\n")


def registry_answers(url: str) -> bool:
    """Whether the schema registry answers HTTP at all."""
    at = urlsplit(url)
    request = f"HEAD {at.path or '/'} HTTP/1.1\r\nHost: {at.netloc.rpartition('@')[2]}\r\nConnection: close\r\n\r\n"
    return _url_asked(url, request.encode())


def _url_asked(url: str, question: bytes) -> bool:
    at = urlsplit(url)
    return _asked(at.hostname or "", at.port or DEFAULT_PORTS[at.scheme], question, tls=at.scheme in ENCRYPTED)


def _asked(host: str, port: int, question: bytes, *, tls: bool) -> bool:
    try:
        with socket.create_connection((host, port), timeout=WITHIN_S) as line:
            return _handshake(line, host) if tls else _answer(line, question)
    except OSError:
        return False


def _answer(line: socket.socket, question: bytes) -> bool:
    line.sendall(question)
    return bool(line.recv(1))


def _handshake(line: socket.socket, host: str) -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # asks for a sign of life, tells nothing
    with context.wrap_socket(line, server_hostname=host):
        return True


def _host_port(server: str) -> tuple[str, int]:
    host, _, port = server.strip().rpartition(":")
    return host.strip("[]"), int(port)
