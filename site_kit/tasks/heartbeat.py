"""A worker that hears itself: its own beat sends to its own queue, and silence means that it went deaf."""

import os
import signal
import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

NAME = "tasks.heartbeat"
EVERY_S = 10.0
DEAF_AFTER_S = 60.0
WATCHED_EVERY_S = 15.0
LAST_GRACE_S = 10.0


class Hearing:
    """When this worker last heard its own heartbeat."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at = clock()

    def hear(self) -> None:
        """A heartbeat arrived."""
        self._heard_at = self._clock()

    @property
    def is_deaf(self) -> bool:
        """Whether the worker has heard nothing for a minute, whoever's fault it is."""
        return self._clock() - self._heard_at > DEAF_AFTER_S


class EarWatch:
    """Ends a worker that stays deaf although its broker has answered for a minute; only a new process helps then.

    While the broker is away the worker waits for it; that is no deafness.
    """

    def __init__(
        self,
        hearing: Hearing,
        *,
        broker_answers: Callable[[], bool],
        end: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hearing = hearing
        self._broker_answers = broker_answers
        self._end = end
        self._clock = clock
        self._answering_since: float | None = None
        self._stop = threading.Event()

    def start(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._run, name="ear-watch", daemon=True).start()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()

    def look(self) -> None:
        """Judge once."""
        if not self._broker_answers():
            self._answering_since = None
            return
        now = self._clock()
        self._answering_since = self._answering_since if self._answering_since is not None else now
        if self._hearing.is_deaf and now - self._answering_since > DEAF_AFTER_S:
            log.error("worker_is_deaf")
            self._end()

    def _run(self) -> None:
        while not self._stop.wait(WATCHED_EVERY_S):
            self.look()


def end_process() -> None:
    """Ask this process to end, and make it when it does not listen."""
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Timer(LAST_GRACE_S, os._exit, args=(1,)).start()


hearing = Hearing()
