"""The worker: Celery's, with what a site's worker needs set in code, its probe port and its beat."""

import socket
import warnings
from functools import partial
from typing import Any

import structlog
from celery import bootsteps
from celery.apps import worker as celery_worker
from celery.apps.worker import Worker
from celery.exceptions import CPendingDeprecationWarning
from celery.platforms import SecurityWarning
from celery.utils.nodenames import worker_direct
from celery.worker.consumer import Consumer

from site_kit.processes import lifecycle, readiness
from site_kit.processes.part_probes import valkey_answers
from site_kit.settings.env import site_env
from site_kit.tasks.beat import Beat, sender, ticks_of
from site_kit.tasks.heartbeat import EVERY_S, NAME, EarWatch, end_process, hearing
from site_kit.tasks.periodic import KINDS

log = structlog.get_logger(__name__)
SPARE_SLOTS = 2
RETRY_S = {"interval_start": 1, "interval_step": 1, "interval_max": 5}
# Celery warns root of pickle, which this worker does not accept, and everybody of an option not used here.
warnings.filterwarnings("ignore", category=SecurityWarning)
warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)


def _told(message: str, *_: Any) -> None:
    log.info("worker_told", message=message)


celery_worker.safe_say = _told  # a log line where Celery would print into the stream of JSON

NOT_FOR_ONE_WORKER = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}


class PatientConsumer(Consumer):  # type: ignore[misc]  # Celery ships no types
    """Asks for a broker that is away every five seconds at most, where Celery would come to wait half a minute."""

    def ensure_connected(self, conn: Any) -> Any:
        """Wait for the broker for as long as it takes."""
        conn.ensure_connection = partial(conn.ensure_connection, **RETRY_S)
        return super().ensure_connected(conn)


class SiteWorker(Worker):  # type: ignore[misc]  # Celery ships no types
    """One slot per kind of work and two spare, so that a hanging outside call holds up nothing else."""

    def __init__(self, app: Any = None, hostname: str | None = None, **options: Any) -> None:
        env = site_env()
        named = hostname or f"{env.SITE}-{env.port}@{socket.gethostname()}"
        super().__init__(app, named, **{**options, **NOT_FOR_ONE_WORKER, "quiet": True})

    def setup_defaults(self, concurrency: int | None = None, **options: Any) -> None:
        """Fill what the command line left open."""
        super().setup_defaults(concurrency=concurrency or slots(self.app), **options)


def slots(app: Any) -> int:
    """How many threads a worker of `app` needs: one per kind of work, and two."""
    return len([name for name in app.tasks if not name.startswith("celery.")]) + SPARE_SLOTS


class ProcessStep(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery ships no types
    """Everything around Celery: the gate, the probe port, the beat, the ear."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        self.beat: Beat | None = None
        self.ear: EarWatch | None = None
        super().__init__(worker, **options)

    def start(self, worker: Any) -> None:
        """Begin, before the worker looks for its broker: it answers "live" while Valkey is away."""
        lifecycle.begin("worker")
        readiness.register_alarm("ear", lambda: hearing.is_deaf)
        own_queue = worker_direct(worker.hostname).name
        ticks = {**ticks_of(KINDS), NAME: EVERY_S}
        self.beat = Beat(sender(worker.app, {NAME: own_queue}), ticks)
        self.beat.start()
        answers = partial(valkey_answers, site_env().valkey_url)
        self.ear = EarWatch(hearing, broker_answers=answers, end=end_process)
        self.ear.start()
        log.info("worker_started", kinds=len(KINDS), slots=worker.concurrency)

    def stop(self, worker: Any) -> None:
        """End."""
        for helper in (self.beat, self.ear):
            if helper is not None:
                helper.stop()
        lifecycle.end()
