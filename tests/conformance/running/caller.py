"""Somebody who calls a site over one HTTP connection and looks at every byte of the answer."""

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

ANSWER_S = 20.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that could be made. A `body` that is no bytes is sent as JSON."""

    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def plus(self, **headers: str) -> "Ask":
        """The same with more headers; `idempotency_key="7"` is Idempotency-Key: 7."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        return Ask(self.method, self.path, self.body, {**self.headers, **named})

    def having(self, **fields: Any) -> "Ask":
        """The same with more fields in its body."""
        return Ask(self.method, self.path, {**self.body, **fields}, self.headers)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, to the byte. `took_s` is from the first byte sent to the last byte read."""

    status: int
    headers: Message
    content: bytes
    took_s: float

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)

    def __getitem__(self, header: str) -> str:
        """A header's value; empty when it is absent."""
        return str(self.headers.get(header, ""))

    def __repr__(self) -> str:
        return f"<{self.status} {self['Content-Type']} {self.content[:400]!r}>"


class Caller:
    """One client on one connection, kept while the server keeps it. Not for two threads at once."""

    def __init__(self, port: int, *, token: str | None = None, subject: str = "") -> None:
        self.subject = subject
        self.asked = 0
        self.patience_s = ANSWER_S
        self._usual = {"Authorization": f"Bearer {token}"} if token else {}
        self._port = port
        self._line: http.client.HTTPConnection | None = None

    def twin(self) -> "Caller":
        """The same client on a connection of its own."""
        made = Caller(self._port, subject=self.subject)
        made._usual = self._usual
        return made

    def send(self, ask: Ask) -> Reply:
        """Make a request."""
        return self.ask(ask.method, ask.path, ask.body, headers=ask.headers)

    def get(self, path: str, **headers: str) -> Reply:
        """GET; headers as in `Ask.plus`."""
        return self.send(Ask("GET", path).plus(**headers))

    def ask(self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Make a request; on a connection that the server closed for idling, on a new one."""
        self.asked += 1
        content, kind = _content(body)
        sent = {**self._usual, **kind, **(headers or {})}
        began = time.monotonic()
        try:
            answer = self._answer(method, path, content, sent)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.close()
            answer = self._answer(method, path, content, sent)
        return Reply(answer.status, answer.headers, answer.read(), time.monotonic() - began)

    def connect(self) -> int:
        """Open a new connection now; returns its local port."""
        self.close()
        self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self.patience_s)
        self._line.connect()
        return self.local_port

    @property
    def local_port(self) -> int:
        """This end of the connection; 0 without one."""
        return int(self._line.sock.getsockname()[1]) if self._line and self._line.sock else 0

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def _answer(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self.patience_s)
        self._line.request(method, path, content, dict(headers))
        return self._line.getresponse()


def _content(body: Any) -> tuple[bytes | None, dict[str, str]]:
    if body is None or isinstance(body, bytes):
        return body, {"Content-Type": "application/json"} if body else {}
    return json.dumps(body).encode(), {"Content-Type": "application/json"}
