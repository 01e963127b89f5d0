"""Log lines of processes as people read them: time, process, level, event, facts."""

import json
from dataclasses import dataclass
from typing import Any, Self
from zlib import crc32

from local_stack.ui.lines import paint

PALETTE = ("cyan", "green", "magenta", "blue", "yellow")
LEVEL_COLOURS = {"error": "red", "critical": "red", "warning": "yellow", "debug": "grey"}
ID_FIELDS = ("correlation_id", "request_id", "causation_id", "trace_id", "event_id")
NOT_FACTS = ("timestamp", "level", "event", "logger")
NAME_WIDTH = 19


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of one process; `facts` is None when the line is not JSON (a traceback, a database's own words)."""

    process: str
    text: str
    facts: dict[str, Any] | None

    @classmethod
    def of(cls, process: str, text: str) -> Self:
        """Read a line as its process wrote it."""
        try:
            facts = json.loads(text) if text.startswith("{") else None
        except ValueError:
            facts = None
        return cls(process, text, facts if isinstance(facts, dict) else None)

    @property
    def time(self) -> str:
        """When it was written, as text that sorts; empty for a line without a time."""
        return str(self.facts.get("timestamp", "")) if self.facts else ""

    def is_about(self, request: str) -> bool:
        """True when the line belongs to this request, or to what followed from it."""
        return bool(self.facts) and any(self.facts.get(name) == request for name in ID_FIELDS)  # type: ignore[union-attr]

    def shown(self, *, coloured: bool) -> str:
        """The line for a person."""
        colour = PALETTE[crc32(self.process.encode()) % len(PALETTE)]
        name = paint(f"{self.process:<{NAME_WIDTH}}", colour, on=coloured)
        if self.facts is None:
            return f"{name} {self.text}"
        level = str(self.facts.get("level", "info")).lower()
        event = str(self.facts.get("event", ""))
        facts = " ".join(f"{key}={value}" for key, value in self.facts.items() if key not in NOT_FACTS)
        marked = paint(event, LEVEL_COLOURS[level], on=coloured) if level in LEVEL_COLOURS else event
        return f"{name} {self.time[11:23]:<12} {marked} {paint(facts, 'grey', on=coloured)}"
