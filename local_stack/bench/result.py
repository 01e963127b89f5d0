"""What a bench found: rows with targets and peers, as a table for people and one JSON object for machines."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from local_stack.ui import tables


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. `target` is the most or the least it may be, as `better` says; None: reported, not promised.

    `peer` names what was measured beside it in the same run; `ratio` is value over peer_value.
    """

    metric: str
    value: float
    unit: str
    better: Literal["lower", "higher"] = "lower"
    target: float | None = None
    peer: str | None = None
    peer_value: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target was reached; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "lower" else self.value >= self.target

    @property
    def ratio(self) -> float | None:
        """Value over peer value."""
        return round(self.value / self.peer_value, 3) if self.peer_value else None

    def as_json(self) -> dict[str, object]:
        """The row as `--json` shows it."""
        row = asdict(self) | {"met": self.met, "ratio": self.ratio}
        del row["better"]
        return row


def show(bench: str, results: Sequence[Result], *, as_json: bool) -> None:
    """Print a table on stderr, or one JSON object on stdout."""
    if as_json:
        print(json.dumps({"bench": bench, "cpu": cpu(), "results": [result.as_json() for result in results]}))
        return
    headings = ["metric", "value", "target", "met", "peer", "ratio"]
    tables.show(headings, [_row(result) for result in results])


def missed(results: Sequence[Result]) -> list[Result]:
    """The figures that did not reach their target."""
    return [result for result in results if result.met is False]


def cpu() -> str:
    """The processor's name and how many of it this process may use."""
    names = [line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()} x {len(names) or '?'}"


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def _row(result: Result) -> list[str]:
    sign = "≤" if result.better == "lower" else "≥"
    return [
        result.metric,
        f"{result.value:g} {result.unit}",
        "" if result.target is None else f"{sign} {result.target:g} {result.unit}",
        {True: "yes", False: "NO", None: ""}[result.met],
        "" if result.peer is None else f"{result.peer}: {result.peer_value:g} {result.unit}",
        "" if result.ratio is None else f"{result.ratio:g}",
    ]
