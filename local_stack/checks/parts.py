"""The parts that the stages of a run share: started once, fresh, on free ports."""

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from local_stack import testing

OTHER_DATABASE_VARIABLES = ("HTTP_TEST_DATABASE_URL", "MESSAGING_TEST_DATABASE_URL", "SAMPLE_DATABASE_URL")
"""How the chassis's own tests, which belong to no site, are told of a server they may create databases on."""


class SharedParts:
    """PostgreSQL, Kafka, the registry and Valkey of a run. `stop` may be called at any time, more than once."""

    def __init__(self, *, scratch: Path) -> None:
        self._scratch = scratch
        self._open = ExitStack()
        self._lock = threading.Lock()
        self._environment: Mapping[str, str] = {}

    def start(self) -> None:
        """Start all of them and wait until the last, the registry, answers. Raises StackRefusal."""
        with self._lock:
            running = self._open.enter_context(testing.stack(folder=self._scratch))
            running.wait_for_registry()
            self._environment = running.environment

    def environment(self, stage: str) -> Mapping[str, str]:
        """The addresses. Stages run side by side on one server: test databases have names of their own anyway."""
        server = self._environment["TEST_DATABASE_URL"]
        return {**self._environment, **dict.fromkeys(OTHER_DATABASE_VARIABLES, server)}

    def stop(self) -> None:
        """End them and delete their data; waits for a start that is under way."""
        with self._lock:
            self._open.close()
