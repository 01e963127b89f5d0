"""The outlines of the sample store's pictures, in `shapes.txt`: a shape's name, then its strokes, back to front.

All on a field of 100 by 100. A stroke is a kind, a tone and numbers: `poly` points; `oval` and `rect` a box (rect
with a corner radius at the end); `line` a width and points; `arc` a width, a box, and start and end in degrees,
clockwise from three o'clock.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple


class Stroke(NamedTuple):
    """One thing drawn; `tone` is main, dark, light, pale or glow."""

    kind: str
    tone: str
    numbers: tuple[float, ...]


def strokes_of(shape: str) -> list[Stroke]:
    """The strokes of a shape, from the back to the front. Raises KeyError for a shape nobody drew."""
    return _shapes()[shape]


@cache
def _shapes() -> dict[str, list[Stroke]]:
    shapes: dict[str, list[Stroke]] = {}
    strokes: list[Stroke] = []
    for line in Path(__file__).with_name("shapes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            strokes.append(_stroke(line.split()))
        else:
            strokes = shapes.setdefault(line, [])
    return shapes


def _stroke(words: list[str]) -> Stroke:
    kind, tone, *numbers = words
    return Stroke(kind, tone, tuple(float(number) for number in numbers))
