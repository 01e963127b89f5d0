"""The fenced command blocks of a page, taken apart into what a reader types and what the page says they see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("console", "bash", "sh")
PROMPT = "$ "
ANYTHING = "…"
"""In shown output: any text within a line, or, alone on a line, any lines."""

_FENCE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})(?P<language>\w*)[^\n]*\n(?P<text>.*?)^ {0,3}(?P=fence)\s*$", re.M | re.S
)


@dataclass(frozen=True)
class Command:
    """One thing typed, maybe over several lines, and the output shown below it (empty: nothing is claimed)."""

    typed: str
    shown: tuple[str, ...]
    page: str
    line: int

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.typed}"


def commands(page: Path) -> list[Command]:
    """Every command of the page's command blocks, in reading order."""
    text = page.read_text(encoding="utf-8")
    found: list[Command] = []
    for fence in _FENCE.finditer(text):
        if fence["language"] in LANGUAGES:
            line = text.count("\n", 0, fence.start("text")) + 1
            reader = _session if fence["language"] == "console" else _script
            found.extend(reader(fence["text"].splitlines(), page.name, line))
    return found


def matches(output: str, shown: tuple[str, ...]) -> bool:
    """Whether the lines shown stand in the output, in that order."""
    pattern = r"[\s\S]*?".join(_line_pattern(line) for line in shown if line.strip() != ANYTHING)
    return re.search(pattern, output) is not None


def _line_pattern(line: str) -> str:
    words = (re.escape(part.strip()) for part in line.split(ANYTHING))
    return ".*".join(re.sub(r"(\\ )+", r"\\s+", part) for part in words)


def _session(lines: list[str], page: str, first: int) -> Iterator[Command]:
    """A console block: a prompt before what is typed, everything else is output."""
    at = 0
    while at < len(lines):
        begun = at
        if not lines[at].startswith(PROMPT):
            raise ValueError(f"{page}:{first + at}: output before the first prompt")
        typed, at = _typed(lines, at, len(PROMPT))
        shown: list[str] = []
        while at < len(lines) and not lines[at].startswith(PROMPT):
            shown.append(lines[at])
            at += 1
        yield Command(typed, tuple(line for line in shown if line.strip()), page, first + begun)


def _script(lines: list[str], page: str, first: int) -> Iterator[Command]:
    """A shell block: all of it is typed; comments and empty lines are not."""
    at = 0
    while at < len(lines):
        begun = at
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            at += 1
            continue
        typed, at = _typed(lines, at, 0)
        yield Command(typed, (), page, first + begun)


def _typed(lines: list[str], at: int, indent: int) -> tuple[str, int]:
    """What is typed from this line on: as many lines as bash needs to see a whole command."""
    taken = [lines[at][indent:]]
    at += 1
    while at < len(lines) and not _whole("\n".join(taken)):
        taken.append(lines[at].removeprefix("> "))
        at += 1
    return "\n".join(taken), at


def _whole(typed: str) -> bool:
    if typed.rstrip().endswith("\\"):
        return False
    quotes = re.sub(r"\\.", "", typed)
    single = re.sub(r'"[^"]*"', "", quotes).count("'")
    double = re.sub(r"'[^']*'", "", quotes).count('"')
    return single % 2 == 0 and double % 2 == 0
