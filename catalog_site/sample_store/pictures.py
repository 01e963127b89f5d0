"""The sample store's pictures, drawn by these lines and by nobody else."""

import io
from colorsys import hls_to_rgb

from PIL import Image, ImageDraw

from catalog_site.sample_store.goods import Goods
from catalog_site.sample_store.shapes import Stroke, strokes_of

SIDE_PX = 800
FINER = 2  # drawn larger and scaled down, which makes the edges smooth

Colour = tuple[int, int, int]


def drawn(goods: Goods) -> bytes:
    """A square PNG of the goods, the same bytes each time."""
    picture = _background(goods.hue)
    painter = ImageDraw.Draw(picture)
    tones = _tones(goods.hue)
    painter.ellipse(_scaled((16, 80, 84, 92)), fill=_colour(goods.hue, 0.80, 0.30))
    for stroke in strokes_of(goods.shape):
        _draw(painter, stroke, tones[stroke.tone])
    file = io.BytesIO()
    picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS).save(file, "PNG", optimize=False)
    return file.getvalue()


def _background(hue: int) -> Image.Image:
    """Paper in a light tint, a little darker towards the bottom."""
    column = Image.new("RGB", (1, 2))
    column.putpixel((0, 0), _colour(hue, 0.96, 0.55))
    column.putpixel((0, 1), _colour(hue + 14, 0.87, 0.45))
    return column.resize((SIDE_PX * FINER, SIDE_PX * FINER), Image.Resampling.BILINEAR)


def _tones(hue: int) -> dict[str, Colour]:
    return {
        "main": _colour(hue, 0.50, 0.45),
        "dark": _colour(hue, 0.28, 0.42),
        "light": _colour(hue, 0.70, 0.50),
        "pale": _colour(hue, 0.93, 0.60),
        "glow": _colour(46, 0.80, 0.95),
    }


def _draw(painter: ImageDraw.ImageDraw, stroke: Stroke, colour: Colour) -> None:
    numbers = stroke.numbers
    match stroke.kind:
        case "poly":
            painter.polygon(_scaled(numbers), fill=colour)
        case "oval":
            painter.ellipse(_scaled(numbers), fill=colour)
        case "rect":
            painter.rounded_rectangle(_scaled(numbers[:4]), radius=_scaled(numbers[4:])[0], fill=colour)
        case "line":
            painter.line(_scaled(numbers[1:]), fill=colour, width=round(_scaled(numbers[:1])[0]), joint="curve")
        case "arc":
            width = round(_scaled(numbers[:1])[0])
            painter.arc(_scaled(numbers[1:5]), numbers[5], numbers[6], fill=colour, width=width)


def _scaled(numbers: tuple[float, ...]) -> list[float]:
    return [number * SIDE_PX * FINER / 100 for number in numbers]


def _colour(hue: int, lightness: float, saturation: float) -> Colour:
    red, green, blue = hls_to_rgb(hue % 360 / 360, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
