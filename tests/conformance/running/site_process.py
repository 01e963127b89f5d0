"""One process of a site: started as the local stack starts it, watched by nobody, ended at once."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from local_stack.supervision.spec import ProcessSpec


class SiteProcess:
    """A web, worker or consumer process with its log. `kill` it."""

    def __init__(self, spec: ProcessSpec) -> None:
        self.port = spec.ready.port
        self._log = Path(spec.log)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._output: BinaryIO = self._log.open("ab")
        self._process = subprocess.Popen(
            spec.argv,
            cwd=spec.cwd,
            env=dict(spec.env),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The first process; gunicorn's workers are its children."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """End it with everything it started, without asking."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._output.close()

    def log_text(self) -> str:
        """Everything it said so far."""
        return self._log.read_text(errors="replace")

    def log_lines(self) -> Iterator[dict[str, Any]]:
        """Its lines that are JSON, as objects."""
        for line in self.log_text().splitlines():
            if line.startswith("{"):
                yield json.loads(line)
