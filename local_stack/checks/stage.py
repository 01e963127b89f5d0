"""A stage of the test command: named, made of steps, each of them one process with one log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CORES = 2
"""The machine that the time limit of the whole run is promised for."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command. Without `report` it counts as one check, passed when it ends with 0."""

    title: str
    command: tuple[str, ...]
    report: Path | None = None
    folder: str | None = None
    """Of tests, from the root; a step whose folder is not in the tree is left out with its stage."""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Steps that run one after another; the next runs although the one before failed."""

    name: str
    steps: tuple[Step, ...]
    site: str | None = None
    """The one site it is about; None for what concerns the whole tree."""
    slow: bool = False
    """Left out by `--fast`: starts site processes, whole clones or fresh environments."""
    parts: bool = False
    """Needs PostgreSQL, the broker, the registry and Valkey."""
    slots: int = 1
    """Of `CORES`; a stage that measures time takes all of them."""
    limit_s: float = 900.0
