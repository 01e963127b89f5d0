"""A reader at a terminal: one bash session that keeps its folder and variables, and a second one for what stays."""

import contextlib
import os
import re
import select
import signal
import subprocess
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

FOREGROUND_UP = re.compile(r"^python3 manage_all\.py up(?!.*--detach)(?!.*--help)( --\S+( \d+)?)*\s*$")
"""`up` that stays: no --detach, no single site."""


@dataclass(frozen=True)
class Ended:
    """What a command printed (both streams, as a reader sees them) and its exit code; None when its time was up."""

    code: int | None
    output: str


class Terminal:
    """A bash session. `type` waits for the end of what is typed; `leave_running` does not."""

    def __init__(self, *, folder: Path, environment: Mapping[str, str], transcript: Path) -> None:
        self._environment = dict(environment)
        self._transcript = transcript.open("a", encoding="utf-8")
        self._bash = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._staying: list[Staying] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Close the terminal: what stayed gets Ctrl-C, the session ends."""
        for staying in self._staying:
            staying.interrupt(limit_s=60)
        self._kill()
        self._transcript.close()

    def type(self, typed: str, *, limit_s: float) -> Ended:
        """Type a command and wait for its end; past the limit the whole session is over."""
        mark = f"ended-{uuid.uuid4().hex}"
        self._write(f"{{ {typed}\n}} </dev/null; printf '\\n%s %s\\n' {mark} $?\n")
        output = self._read_until(mark, limit_s=limit_s)
        self._transcript.write(f"$ {typed}\n{output}\n")
        found = re.search(rf"\n?{mark} (\d+)\n", output)
        if found is None:
            self._kill()
            return Ended(code=None, output=output)
        return Ended(code=int(found[1]), output=output[: found.start()])

    def leave_running(self, typed: str) -> "Staying":
        """Start a command in a second terminal, in the folder where the first one is now."""
        folder = self.type("pwd", limit_s=10).output.strip()
        staying = Staying(typed, folder=Path(folder), environment=self._environment)
        self._staying.append(staying)
        return staying

    def _write(self, text: str) -> None:
        assert self._bash.stdin is not None
        self._bash.stdin.write(text.encode())
        self._bash.stdin.flush()

    def _read_until(self, mark: str, *, limit_s: float) -> str:
        assert self._bash.stdout is not None
        deadline = time.monotonic() + limit_s
        read = b""
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self._bash.stdout], [], [], 0.5)
            if ready:
                piece = os.read(self._bash.stdout.fileno(), 65536)
                read += piece
                if not piece or re.search(rb"\n%b \d+\n" % mark.encode(), read):
                    break
        return read.decode(errors="replace")

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._bash.pid, signal.SIGKILL)
        self._bash.wait()
        for stream in (self._bash.stdin, self._bash.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


class Staying:
    """A command that does not end by itself, in a terminal of its own."""

    def __init__(self, typed: str, *, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-c", f"exec {typed}"],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.output = ""

    def shows(self, pattern: str, *, limit_s: float) -> bool:
        """Wait until the pattern stands in what it printed; False when it ended, or the time was up, without."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            if re.search(pattern, self.output, re.MULTILINE):
                return True
            if not self._read(wait_s=0.5):
                return False
        return False

    def interrupt(self, *, limit_s: float) -> int | None:
        """Ctrl-C; answers the exit code, None when it did not end in time and was killed."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGINT)
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline and self._read(wait_s=0.5):
            pass
        if self._process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=max(deadline - time.monotonic(), 1))
        code = self._process.poll()
        if code is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return code

    def _read(self, *, wait_s: float) -> bool:
        """Take what it printed meanwhile; False once it closed its output."""
        stream = self._process.stdout
        if stream is None or stream.closed:
            return False
        ready, _, _ = select.select([stream], [], [], wait_s)
        if not ready:
            return True
        piece = os.read(stream.fileno(), 65536)
        self.output += piece.decode(errors="replace")
        return bool(piece)
