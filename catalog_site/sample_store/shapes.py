"""The outlines of the sample store's pictures: each shape is a list of strokes on a field of 100 by 100.

A stroke is a kind, a tone and numbers: `poly` points; `oval` and `rect` a box (rect with a corner radius at the
end); `line` a width and points; `arc` a width, a box, and start and end in degrees, clockwise from three o'clock.
"""

from typing import NamedTuple


class Stroke(NamedTuple):
    """One thing drawn; `tone` is main, dark, light, pale or glow."""

    kind: str
    tone: str
    numbers: tuple[float, ...]


_RECIPES = {
    "kettle": "arc dark 4 30 20 70 60 180 360; oval main 26 38 74 80; poly main 70 52 86 42 88 46 74 62; "
    "rect dark 40 34 60 40 3; oval light 34 46 44 66; oval dark 47 28 53 34",
    "pan": "oval dark 14 34 66 78; oval main 18 38 62 74; oval light 24 43 56 69; rect dark 62 51 92 59 4; oval pale 84 53 88 57",
    "board": "rect main 26 22 74 80 8; rect light 32 34 68 74 5; oval pale 46 25 54 31; line dark 1 32 46 68 46; line dark 1 32 60 68 60",
    "knife": "poly light 18 60 66 38 70 46 30 66; poly pale 18 60 66 38 67 40 24 61; rect dark 64 34 86 46 5; oval pale 70 38 73 41; oval pale 78 38 81 41",
    "bowl": "poly main 16 44 84 44 70 74 30 74; oval dark 16 36 84 52; oval light 22 39 78 49; rect dark 38 74 62 79 2",
    "jar": "rect main 30 34 70 82 9; rect dark 34 24 66 36 3; rect light 36 42 44 74 4; rect pale 48 50 66 68 2",
    "shirt": "poly main 34 24 46 20 54 20 66 24 86 40 76 52 68 46 68 82 32 82 32 46 24 52 14 40; poly dark 42 21 50 32 58 21; "
    "line light 1 50 32 50 80; rect light 54 46 63 56 1",
    "mug": "rect main 28 34 66 78 6; arc dark 6 52 42 80 70 270 90; oval dark 28 28 66 40; oval light 33 31 61 38; "
    "arc pale 2 36 10 46 24 90 270; arc pale 2 48 8 58 22 270 90",
    "box": "rect main 28 30 72 82 3; rect dark 28 22 72 34 3; rect pale 36 46 64 68 2; oval light 45 51 55 62",
    "bottle": "rect main 36 38 64 86 8; rect main 43 24 57 42 3; rect dark 42 14 58 26 3; rect light 41 46 46 78 2; rect pale 50 54 64 70 0",
    "cushion": "poly main 20 26 50 31 80 26 75 52 80 78 50 73 20 78 25 52; line light 2 26 34 50 52 74 34; line light 2 26 70 50 52 74 70; oval dark 47 49 53 55",
    "folded": "rect main 20 60 80 76 7; rect light 22 45 78 61 7; rect main 24 31 76 46 7; line dark 1 26 68 74 68; line dark 1 28 53 72 53; line dark 1 30 38 70 38",
    "clock": "oval dark 18 18 82 82; oval pale 24 24 76 76; line main 4 50 50 50 32; line main 3 50 50 64 56; oval dark 47 47 53 53; "
    "rect main 49 26 51 30 0; rect main 49 70 51 74 0; rect main 26 49 30 51 0; rect main 70 49 74 51 0",
    "basket": "arc dark 4 28 18 72 70 180 360; poly main 20 44 80 44 72 80 28 80; line light 2 22 52 78 52; line light 2 24 60 76 60; line light 2 26 68 74 68; "
    "line dark 1 36 44 38 80; line dark 1 50 44 50 80; line dark 1 64 44 62 80",
    "candle": "rect main 28 44 40 82 2; rect light 44 34 56 82 2; rect main 60 50 72 82 2; oval glow 31 28 37 43; oval glow 46 17 54 33; oval glow 63 34 69 49; rect dark 20 82 80 86 2",
    "lamp": "poly glow 30 46 70 46 84 84 16 84; poly main 36 18 64 18 76 46 24 46; rect dark 48 46 52 80 0; rect dark 34 80 66 86 3; oval light 40 22 46 42",
    "pendant": "line dark 1 50 0 50 30; poly glow 24 58 76 58 90 92 10 92; poly main 44 28 56 28 80 58 20 58; oval pale 42 53 58 66; poly light 45 30 48 30 36 56 30 56",
    "lantern": "arc dark 3 34 8 66 44 180 360; rect dark 34 26 66 34 2; rect main 30 34 70 76 5; rect pale 37 40 63 70 4; oval glow 44 46 56 68; rect dark 28 76 72 84 3",
    "hat": "oval dark 10 56 90 78; poly main 28 66 30 38 40 26 60 26 70 38 72 66; oval main 28 58 72 74; line light 5 29 60 71 60",
    "bag": "arc dark 4 34 16 66 64 180 360; poly main 22 40 78 40 84 82 16 82; rect light 34 54 66 72 3; line dark 2 34 60 66 60; oval pale 48 57 52 63",
    "pack": "arc dark 4 40 10 60 30 180 360; rect main 26 20 74 84 14; rect dark 26 38 74 43 0; rect light 34 52 66 76 5; line dark 1 34 60 66 60; rect pale 46 40 54 50 2",
    "book": "rect dark 28 20 76 84 4; rect main 24 18 72 80 4; rect pale 32 30 64 44 2; line light 2 29 18 29 80; line dark 1 36 35 60 35; line dark 1 36 39 52 39",
    "pen": "poly main 22 70 66 22 76 31 32 79; poly light 22 70 32 79 17 84; poly dark 66 22 72 16 82 25 76 31; line pale 2 36 62 60 36; line dark 1 17 84 23 78",
    "tent": "poly main 50 22 90 80 10 80; poly dark 50 22 62 80 38 80; poly light 50 22 50 80 40 80; line pale 1 50 22 4 84; line pale 1 50 22 96 84; rect dark 6 80 94 83 0",
    "hammock": "line dark 5 14 14 14 86; line dark 5 86 14 86 86; line dark 1 14 30 30 48; line dark 1 86 30 70 48; poly main 28 46 72 46 64 66 50 70 36 66; "
    "line light 1 32 52 68 52; line light 1 34 58 66 58; line light 1 38 64 62 64",
}


def strokes_of(shape: str) -> list[Stroke]:
    """The strokes of a shape, from the back to the front. Raises KeyError for a shape nobody drew."""
    return [_stroke(words.split()) for words in _RECIPES[shape].split(";")]


def _stroke(words: list[str]) -> Stroke:
    kind, tone, *numbers = words
    return Stroke(kind, tone, tuple(float(number) for number in numbers))
