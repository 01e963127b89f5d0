"""A worker that hears itself: its own beat sends to its own queue, and silence means that it went deaf."""

import time

from site_kit.processes.part_probes import valkey_answers

NAME = "tasks.heartbeat"
EVERY_S = 10.0
DEAF_AFTER_S = 60.0


class Hearing:
    """When this worker last heard its own heartbeat."""

    def __init__(self) -> None:
        self._heard_at = time.monotonic()

    def hear(self) -> None:
        """A heartbeat arrived."""
        self._heard_at = time.monotonic()

    @property
    def silent_s(self) -> float:
        """Seconds since the last heartbeat (or since the start)."""
        return time.monotonic() - self._heard_at

    @property
    def is_deaf(self) -> bool:
        """Whether the worker has heard nothing for a minute."""
        return self.silent_s > DEAF_AFTER_S


hearing = Hearing()


def is_deaf_alone(valkey_url: str) -> bool:
    """Deaf although Valkey answers: then the fault is this process's, and only a new one helps."""
    return hearing.is_deaf and valkey_answers(valkey_url)
