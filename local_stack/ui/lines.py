"""Plain lines for people, on stderr; stdout is left to data."""

import os
import sys

COLOURS = {"red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36, "grey": 90}


def coloured() -> bool:
    """True when stderr is a terminal and nobody asked for no colours."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, colour: str, *, on: bool | None = None) -> str:
    """The text in a colour of the terminal; unchanged when colours are off."""
    wanted = coloured() if on is None else on
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if wanted else text


def say(line: str = "") -> None:
    """Tell what is going on."""
    print(line, file=sys.stderr, flush=True)


def problem(sentence: str) -> None:
    """Tell what is wrong."""
    say(f"{paint('✗', 'red')} {sentence}")


def done(sentence: str) -> None:
    """Tell what has been reached."""
    say(f"{paint('✓', 'green')} {sentence}")


def next_step(sentence: str) -> None:
    """The last line of a verb: what to do now."""
    say(f"{paint('→', 'cyan')} {sentence}")


def megabytes(size: int) -> str:
    """A size as people read it: `15.2 MB`."""
    return f"{size / 1_000_000:.1f} MB"
