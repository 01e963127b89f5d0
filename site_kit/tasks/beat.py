"""The beat inside a worker: a thread that asks for each kind of work when it may be due."""

import heapq
import threading
import time
from collections.abc import Callable, Mapping

import structlog
from celery import Celery

from site_kit.tasks.periodic import Periodic

log = structlog.get_logger(__name__)

EXPIRES_S = 60  # a tick that waited longer is worth nothing: another has followed
LONGEST_WAIT_S = 10.0  # after a failed sending

Send = Callable[[str], None]


class Beat:
    """Sends one message per tick and kind; a broker that is away costs ticks, which nobody misses afterwards.

    Celery's own beat keeps its schedule in a file that a kill can corrupt and two workers cannot share. Here
    the truth about what is due is in PostgreSQL, so a beat has nothing to remember.
    """

    def __init__(self, send: Send, ticks_s: Mapping[str, float]) -> None:
        self._send = send
        self._ticks_s = ticks_s
        self._stop = threading.Event()
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="beat", daemon=True)

    def start(self) -> None:
        """Begin ticking."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; a sending in progress is bounded by the socket's time-outs."""
        self._stop.set()

    def _run(self) -> None:
        now = time.monotonic()
        due = [(now, name) for name in sorted(self._ticks_s)]
        heapq.heapify(due)
        while due and not self._stop.is_set():
            at, name = due[0]
            if self._stop.wait(max(0.0, at - time.monotonic())):
                return
            self._tick(name)
            # From now, not from when it was due: after a pause there is one tick, not all that were missed.
            heapq.heapreplace(due, (time.monotonic() + self._ticks_s[name], name))

    def _tick(self, name: str) -> None:
        try:
            self._send(name)
        except Exception as fault:  # the loop's edge: kombu and redis have a dozen kinds of "away"
            if self._failures == 0:
                log.warning("beat_cannot_send", fault=type(fault).__name__)
            self._failures += 1
            self._stop.wait(min(LONGEST_WAIT_S, 0.5 * self._failures))
            return
        if self._failures:
            log.info("beat_sends_again", failures=self._failures)
        self._failures = 0


def sender(app: Celery, routes: Mapping[str, str] | None = None) -> Send:
    """How a beat of `app` sends: by task name, to the site's queue or the one `routes` names."""

    def send(name: str) -> None:
        queue = (routes or {}).get(name, app.conf.task_default_queue)
        app.send_task(name, queue=queue, expires=EXPIRES_S, ignore_result=True, retry=False)

    return send


def ticks_of(kinds: Mapping[str, Periodic]) -> dict[str, float]:
    """How often each kind is asked for, in seconds."""
    return {name: kind.tick_s for name, kind in kinds.items()}
