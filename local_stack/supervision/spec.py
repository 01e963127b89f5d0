"""What a process is to the supervisor: how to start it, how to see that it is ready, how to end it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

PARTS = "parts"  # the group of PostgreSQL, Kafka, registry and Valkey; every other group is a site
HOME_MARKER = "FIRST_VISCOUNT_HOME"  # in the environment of every process we start: whose it is
NAME_MARKER = "FIRST_VISCOUNT_PROCESS"  # and which one
CLONE_MARKER = "FIRST_VISCOUNT_CLONE"

ProbeKind = Literal["http", "postgresql", "kafka", "valkey"]
State = Literal["starting", "ready", "unready", "waiting", "stopping", "stopped"]


@dataclass(frozen=True, slots=True)
class Probe:
    """How a process is asked whether it is ready, always on the loopback; `path` is for HTTP alone."""

    kind: ProbeKind
    port: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """Everything needed to start one process again and again.

    `user` is an account to become (root only); `niceness` is added to its priority number.
    """

    name: str
    group: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: str
    log: str
    ready: Probe
    user: str | None = None
    stop_signal: str = "SIGTERM"
    stop_timeout_s: float = 15.0
    niceness: int = 0

    def to_json(self) -> dict[str, Any]:
        """The JSON-ready form that `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The spec that `to_json` wrote."""
        return cls(**{**data, "argv": tuple(data["argv"]), "ready": Probe(**data["ready"])})


@dataclass(frozen=True, slots=True)
class Report:
    """The state of one process as `status` shows it; times are seconds since the epoch.

    `created` is the start time by the kernel's clock, which with the pid names a process for ever.
    `failures` counts exits in a row without having been ready in between.
    """

    name: str
    group: str
    state: State
    port: int
    pid: int | None
    created: float | None
    started_at: float | None
    restarts: int
    failures: int
    last_exit: int | None
    next_try_at: float | None
    log: str
